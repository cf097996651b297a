package parley.session.core;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.domain.SessionId;
import parley.relay.Who;

/// What lasts of a session: who, when, how long, how, and why it ended. Never a word of it.
///
/// @param made by the store's clock, as all moments here; with the id, what names it
/// @param who the members that had entered, by number
/// @param end null while it goes on
public record LastingSession(
    SessionId id, Instant made, About about, Map<Integer, Who> who, @Nullable End end) {
  public LastingSession {
    who = Map.copyOf(who);
  }

  /// @param why a word: `left`, `lost`, …
  /// @param by the member who ended it; 0 if none did
  public record End(Instant at, String why, int by) {}
}
