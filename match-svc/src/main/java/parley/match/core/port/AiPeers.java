package parley.match.core.port;

import parley.match.core.AiMatch;
import parley.match.core.AiPeer;
import parley.match.core.Companion;
import parley.match.core.TicketId;

/// bot-svc, as matching sees it. Calls block, for virtual threads, for two seconds at most.
public interface AiPeers {
  /// There are none.
  AiPeers NONE =
      new AiPeers() {
        @Override
        public Reservation reserve(TicketId ticket) {
          return new Reservation.Away();
        }

        @Override
        public Invitation invite(AiMatch match) {
          return Invitation.FAILED;
        }

        @Override
        public void stepAside(Companion companion) {}
      };

  /// Asks one node, and another if that one has none. A reservation that nobody uses lapses by
  /// itself.
  Reservation reserve(TicketId ticket);

  /// Sends the AI peer that was reserved into the session.
  Invitation invite(AiMatch match);

  /// It says a last line, because a person comes. A courtesy: it may fail, and says nothing then.
  void stepAside(Companion companion);

  /// What a wish for an AI peer came to.
  sealed interface Reservation {
    record Reserved(AiPeer peer) implements Reservation {}

    record Full() implements Reservation {}

    record Refused() implements Reservation {}

    /// No node answered.
    record Away() implements Reservation {}
  }

  /// Whether it is on its way.
  enum Invitation {
    SENT,
    /// It is not, or that is unknown.
    FAILED
  }
}
