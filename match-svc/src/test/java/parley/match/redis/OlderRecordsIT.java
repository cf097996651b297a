package parley.match.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.match.core.TicketBuilder.ticket;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.NodeId;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.domain.TalkerKind;
import parley.match.core.Acceptance;
import parley.match.core.AiPeer;
import parley.match.core.AiWelcome;
import parley.match.core.Arrival;
import parley.match.core.Attachment;
import parley.match.core.Claim;
import parley.match.core.HeldTicket;
import parley.match.core.Level;
import parley.match.core.OwnerNews;
import parley.match.core.Pairing;
import parley.match.core.Relaxation;
import parley.match.core.Settlement;
import parley.match.core.Ticket;
import parley.match.core.TicketState;
import parley.match.core.port.TicketPool;
import parley.testing.Eventually;

/// Records whose line-ups end with the marks, as nodes wrote them that knew nothing of AI peers.
class OlderRecordsIT {
  private static final int LENGTH_AT = 109;
  private static final int LINE_UP_AT = 113;

  private final SplittableRandom random = new SplittableRandom(5);
  private final Pools pools = new Pools();
  private final RedisMatch node = pools.node("match-1");
  private final TicketPool pool = node.pool();
  private final TicketPool other = pools.pool("match-2");

  @AfterEach
  void close() {
    pools.close();
  }

  @Test
  void theyAreFoundMatchedAndSettled() {
    Ticket old = older(ticket().tags("go").languages("en").build());
    Arrival arrival = other.arrive(ticket().tags("go").languages("en").build(), pairing());
    assertThat(arrival).isInstanceOf(Arrival.Met.class);
    SessionId session = ((Arrival.Met) arrival).match().session();
    assertThat(pool.settle(Cohort.ADULT, session, Set.of(1, 2))).isEqualTo(new Settlement.Met());
    assertThat(held(old).state()).isEqualTo(TicketState.MET);
  }

  @Test
  void theyRelaxAndAreParkedAndTakenUp() {
    Ticket old = older(ticket().tags("go").languages("en").build());
    assertThat(pool.relax(old, Level.SAME_LANGUAGE, pairing()))
        .isInstanceOf(Relaxation.Stood.class);
    older(old);
    pool.park(old);
    assertThat(pools.standing()).isEmpty();
    assertThat(pool.adopt(old, pairing())).isInstanceOf(Attachment.Over.class);
    assertThat(other.attach(old, pairing())).isInstanceOf(Attachment.Stood.class);
  }

  @Test
  void theyWelcomeNoAiPeerUntilTheirPersonDoesAndTheirOwnerIsNotToldThen() {
    List<OwnerNews> news = new CopyOnWriteArrayList<>();
    node.tell(news::add, _ -> {});
    Ticket old = older(ticket().build());
    AiPeer peer =
        new AiPeer(ParticipantId.random(random), new NodeId("bot-1"), "r", TalkerKind.MODEL, "");
    assertThat(pool.claim(old, 0, peer, SessionId.random(random))).isInstanceOf(Claim.Lost.class);
    other.wish(Cohort.ADULT, old.participant(), old.id(), AiWelcome.MEANWHILE);
    assertThat(pool.claim(old, 0, peer, SessionId.random(random)))
        .isInstanceOf(Claim.Claimed.class);
    assertThat(held(old).companion()).isNotNull();
    other.cancel(Cohort.ADULT, old.participant(), old.id());
    Eventually.holds("the marker is told", () -> !news.isEmpty());
    assertThat(news).containsExactly(new OwnerNews.Cancelled(old.id()));
  }

  /// Stands, and its record is written as before.
  private Ticket older(Ticket ticket) {
    if (pool.find(Cohort.ADULT, ticket.participant()).isEmpty()) {
      assertThat(pool.arrive(ticket, pairing())).isInstanceOf(Arrival.Stood.class);
    }
    byte[] key = pools.key("t:" + ticket.participant()).getBytes(ISO_8859_1);
    String record = new String(pools.look().get(key), ISO_8859_1);
    int length = Integer.parseInt(record.substring(LENGTH_AT, LINE_UP_AT));
    String lineup = record.substring(LINE_UP_AT, LINE_UP_AT + length);
    String before = lineup.replaceFirst("\\|[NIM]\\d\\|\\d*\\|[^|]*$", "");
    assertThat(before).as("the end of '%s' is cut off", lineup).hasSizeLessThan(length);
    String old =
        record.substring(0, LENGTH_AT)
            + "%04d".formatted(before.length())
            + before
            + record.substring(LINE_UP_AT + length);
    pools.look().set(key, old.getBytes(ISO_8859_1));
    return ticket;
  }

  private HeldTicket held(Ticket ticket) {
    return pool.find(Cohort.ADULT, ticket.participant()).orElseThrow();
  }

  private Pairing pairing() {
    return new Pairing(SessionId.random(random), Acceptance.AT_ONCE);
  }
}
