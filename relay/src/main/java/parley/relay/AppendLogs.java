package parley.relay;

import java.util.List;
import parley.domain.SessionId;

/// The logs of all sessions, in shares that know nothing of each other: one for each primary that
/// holds logs, so that one that is slow or away stops only its own.
public interface AppendLogs {
  /// At least one; the relay closes them.
  List<AppendLog> shares();

  /// Which of them has the session, counted from 0: the same for as long as this lives.
  int shareOf(SessionId session);

  /// All in one share.
  static AppendLogs one(AppendLog log) {
    return new AppendLogs() {
      @Override
      public List<AppendLog> shares() {
        return List.of(log);
      }

      @Override
      public int shareOf(SessionId session) {
        return 0;
      }
    };
  }
}
