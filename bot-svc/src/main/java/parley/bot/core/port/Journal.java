package parley.bot.core.port;

import java.time.Duration;
import parley.bot.core.Ending;
import parley.bot.core.Fault;
import parley.bot.core.Improvised;
import parley.bot.core.Interruption;
import parley.bot.core.conduct.FixedLine;
import parley.bot.core.conduct.Judgement;
import parley.bot.core.conduct.Reviewed;

/// What operators learn of AI peers; never a word of a conversation. Thread-safe.
public interface Journal {
  void reserved();

  /// A place was asked for and there was none.
  void full();

  /// A place was asked for while this node takes nobody.
  void refused();

  /// A reservation was never used.
  void lapsed();

  /// From the person's message to the sign that an answer is being written.
  void typingAfter(Duration time);

  /// From the person's message, or the last of several, to the first sentence of the answer.
  void firstSentenceAfter(Duration time);

  void spent(int tokens);

  /// An answer on its way was stopped.
  void cancelled(Interruption why);

  /// The provider did not keep what it must. Told for every try.
  void fault(Fault fault);

  /// A line of the files was said.
  void fixedLine(FixedLine which);

  /// A message was answered by a rule.
  void judged(Judgement judgement);

  /// A sentence was not said as it was.
  void replaced(Reviewed.Why why);

  /// A line was to be made up. Told for every try that was judged, and once for a turn that got no
  /// line.
  void improvised(Improvised how);

  void ended(Ending ending);
}
