package parley.session.core.port;

import parley.session.core.Admission;
import parley.session.core.EndReason;

/// What an operator reads and counts. Never words. Does not block.
public interface Journal {
  void entered(Admission member, long attachment);

  void left(Admission member);

  /// A stream ended, for whatever reason.
  void ended(Admission member, EndReason reason);
}
