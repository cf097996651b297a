package parley.session.core.port;

import java.util.List;
import parley.session.core.LastingReport;
import parley.session.core.LastingSession;

/// Where it is kept who talked with whom, and who was reported for what. When a call returns, it is
/// committed there; repeating it changes nothing, and what came later is never undone by what came
/// earlier. Blocks, for a bounded time; thread-safe.
public interface Archive {
  /// All of them or none.
  ///
  /// @param sessions none twice
  /// @throws ArchiveAway if it could not be done now; it may have been done all the same
  /// @throws ArchiveRefusal if it can never be done, because of one of them
  void keepSessions(List<LastingSession> sessions);

  /// With all its evidence, or not at all.
  ///
  /// @throws ArchiveAway as above
  /// @throws ArchiveRefusal as above
  void keepReport(LastingReport report);
}
