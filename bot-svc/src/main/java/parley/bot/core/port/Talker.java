package parley.bot.core.port;

import parley.bot.core.Fault;
import parley.bot.core.Prompt;

/// Finds the words of one AI peer in one conversation: a provider, or lines of a file.
public interface Talker {
  /// Begins to answer, and returns at once. One answer at a time: the one before is done, failed or
  /// cancelled.
  Utterance answer(Prompt prompt, Listener listener);

  /// An answer on its way.
  interface Utterance {
    /// No more of it is wanted. What it costs ends at once: a connection is closed. Calls to the
    /// listener may still be under way when this returns; they mean nothing. Repeating it, and
    /// cancelling what has ended, is harmless.
    ///
    /// @return the tokens it cost so far in both directions, about
    int cancel();
  }

  /// Hears an answer, on any thread, one call at a time: sentences in order, each as soon as it is
  /// whole, then one of the other two.
  interface Listener {
    void sentence(String text);

    /// @param tokens what it cost in both directions
    void done(int tokens);

    /// There will be no more of it. What was heard before stands.
    ///
    /// @param tokens what it cost in both directions, about
    void failed(Fault fault, int tokens);
  }
}
