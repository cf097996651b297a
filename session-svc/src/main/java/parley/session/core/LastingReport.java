package parley.session.core;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.domain.SessionId;
import parley.relay.Body;
import parley.relay.ReportId;
import parley.relay.Who;

/// What lasts of a report, and of what was said: its evidence and nothing else.
///
/// @param at by the store's clock
/// @param reason a word: `spam`, `harassment`, …
/// @param comment the reporter's words, perhaps none
public record LastingReport(
    ReportId id,
    Instant at,
    SessionId session,
    Who by,
    Who whom,
    String reason,
    String comment,
    List<Piece> evidence) {
  public LastingReport {
    evidence = List.copyOf(evidence);
  }

  /// Never words.
  @Override
  public String toString() {
    return "LastingReport[" + id + ", " + reason + ", " + evidence.size() + " pieces]";
  }

  /// One entry of the log.
  ///
  /// @param said when the node that appended it did so
  /// @param words null if this version cannot read it
  /// @param entry as it was stored
  public record Piece(long offset, int member, Instant said, @Nullable String words, Body entry) {
    /// Never words.
    @Override
    public String toString() {
      return "Piece[" + offset + " of " + member + "]";
    }
  }
}
