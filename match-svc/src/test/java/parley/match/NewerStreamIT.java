package parley.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.Principal;
import parley.match.Seeker.Finding;
import parley.match.redis.HoldingProxy;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.GetCurrentRequest;
import parley.proto.match.v1.TicketState;
import parley.testing.Eventually;

/// A node whose lease was over, and which goes on, has streams that are older than those of other
/// nodes: the newer stream wins. Two nodes, over sockets, the one behind a door that can be shut.
class NewerStreamIT {
  private static final Criteria ANYONE = Criteria.getDefaultInstance();

  private final Matches matches = new Matches();
  private final HoldingProxy door = new HoldingProxy(matches.redis().address());

  @AfterEach
  void close() {
    door.close();
    matches.close();
  }

  @Test
  void aNodeThatComesBackLeavesATicketToTheNewerStream() {
    MatchNode one =
        matches.node(
            "match-1",
            Map.of(
                "redis.address",
                door.address(),
                "discovery.lease",
                "1s",
                "discovery.beat",
                "100ms"));
    MatchNode two = matches.node("match-2");
    Principal who = matches.person();
    Finding older = matches.seeker(who, one).find("request-1", ANYONE);
    String ticket = older.ticket();
    Seeker elsewhere = matches.seeker(who, two);
    door.hold("match-1"); // Its beats say its name; nothing else does.
    Eventually.holds(
        "the lease of the first node is over",
        () -> state(elsewhere) == TicketState.TICKET_STATE_PARKED);
    Finding newer = elsewhere.takeUp(ticket);
    newer.await("it waits", FindPeerResponse::hasWaiting);

    door.release();

    older.await("it is told that a newer stream has it", FindPeerResponse::hasMoved);
    Finding peer = matches.seeker(matches.person(), two).find("request-1", ANYONE);
    assertThat(newer.matched().getSessionId()).isEqualTo(peer.matched().getSessionId());
  }

  private static TicketState state(Seeker seeker) {
    return seeker.calls().getCurrent(GetCurrentRequest.getDefaultInstance()).getTicket().getState();
  }
}
