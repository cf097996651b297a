package parley.match.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import parley.domain.SessionId;

/// A ticket and an AI peer, taken together. The person is member 1, the AI peer member 2. Times are
/// Redis' clock.
///
/// @param welcome how it was welcome: [AiWelcome#MEANWHILE] says that the ticket stays in line
public record AiMatch(
    SessionId session,
    Instant matchedAt,
    Instant enterBy,
    MatchMember person,
    AiPeer peer,
    AiWelcome welcome) {
  /// The same, for a ticket that stays in line, or does not.
  public AiMatch welcomed(AiWelcome how) {
    return new AiMatch(session, matchedAt, enterBy, person, peer, how);
  }

  /// Nothing is shared with an AI peer.
  public Receipt receipt() {
    Duration waited = Receipt.waited(person.rank(), matchedAt);
    return new Receipt(List.of(), null, person.level(), null, waited);
  }
}
