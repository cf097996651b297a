package parley.relay;

import java.util.List;

/// What came of a look into a session's log.
public sealed interface HistoryAnswer {
  /// @param entries in offset order
  /// @param older whether entries before these are kept
  /// @param newer whether there are entries after these
  record Found(int epoch, List<LogEntry> entries, boolean older, boolean newer)
      implements HistoryAnswer {
    public Found {
      entries = List.copyOf(entries);
    }
  }

  /// There is no such session (any more), or its text was removed.
  record TextGone() implements HistoryAnswer {}
}
