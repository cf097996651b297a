package parley.relay;

import java.util.List;
import parley.domain.Position;

/// The live stream of one member, as the relay sees it. Called by the relay's one thread, so never
/// twice at once; must not block. After one of the four endings nothing more comes.
public interface Subscriber {
  /// First of all: the state right after attaching.
  void attached(SessionFacts facts);

  /// Entries in offset order, each once, without gaps between calls but for a `reset`.
  void entries(List<LogEntry> entries, int epoch);

  /// Everything up to the tip at the time of attaching was given.
  void caughtUp(Position position);

  /// Delivery goes on after `resumeAt`; what lay between was lost for this subscriber.
  void reset(ResetReason reason, Position resumeAt);

  /// Another member attached, or gave a sign of life, at whichever node; may be told again.
  void memberHere(int member);

  /// Another member's stream is gone or silent; may be told again.
  void memberAway(int member);

  /// This member itself gave a sign of life that did not come by this stream, or was marked away
  /// while this stream lives.
  void signed(Sign sign);

  /// How far another member has come; may be told again, and lower than before.
  void receipted(int member, Receipt receipt);

  /// A member murmured: something to be heard now and kept nowhere.
  void murmured(int member, Body body);

  /// Everything of one batch was given; a subscriber that collects sends now.
  void batchEnded();

  /// Whether it makes sense to read on for this subscriber; if not, it calls [Subscription#ready]
  /// later.
  boolean ready();

  /// Ending: a newer attachment of the same member exists.
  void takenOver();

  /// Ending: the session is closed, and everything before that was given.
  void closed(Closing closing);

  /// Ending: the time to enter was over.
  void tooLate();

  /// Ending: the log cannot be reached, or is gone; attach again later.
  void unavailable();
}
