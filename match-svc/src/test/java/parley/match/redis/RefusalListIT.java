package parley.match.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.match.core.TicketBuilder.ticket;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.Acceptance;
import parley.match.core.Arrival;
import parley.match.core.Attachment;
import parley.match.core.Match;
import parley.match.core.Pairing;
import parley.match.core.Party;
import parley.match.core.Ticket;
import parley.match.core.Verdict;
import parley.match.core.port.TicketPool;

/// What stands in a list of refusals.
class RefusalListIT {
  private static final int MOST = 1_000;
  private static final int LETTERS = 16;

  private final RandomGenerator random = new SplittableRandom(1);
  private final Pools pools = new Pools();
  private final TicketPool pool = pools.pool("match-1");
  private final Party by = anybody();

  @AfterEach
  void close() {
    pools.close();
  }

  @Test
  void eachStandsInItOnceAndTheNewestLast() {
    List<Party> three = List.of(anybody(), anybody(), anybody());
    three.forEach(this::refuse);
    refuse(three.getFirst());
    refuse(three.get(1));
    assertThat(list())
        .isEqualTo(letters(three.getLast()) + letters(three.getFirst()) + letters(three.get(1)));
  }

  @Test
  void whatLooksLikeOneAcrossTwoOthersIsNone() {
    Party before = party("xAAAAAAAAAA", "AAAAAAAAAAA");
    Party after = party("AyyyyyyyyyA", "yyyyyyyyyyA");
    Party between = party("AAAAAAAAAAA", "AAAAAAAAAAA");
    List.of(before, after, between).forEach(this::refuse);
    assertThat(list()).isEqualTo(letters(before) + letters(after) + letters(between));
  }

  @Test
  void theOldestFallsOutOfAFullOne() {
    Party first = anybody();
    refuse(first);
    for (int i = 0; i < MOST - 1; i++) {
      refuse(anybody());
    }
    assertThat(list()).hasSize(MOST * LETTERS).startsWith(letters(first));
    Party last = anybody();
    refuse(last);
    assertThat(list())
        .hasSize(MOST * LETTERS)
        .doesNotContain(letters(first))
        .endsWith(letters(last));
  }

  @Test
  void aDeclinedProposalKeepsTwoApartAndPushesNoBlockOut() {
    Party first = anybody();
    refuse(first);
    for (int i = 0; i < MOST - 1; i++) {
      refuse(anybody());
    }
    String blocks = list();
    Ticket one = ticketOf(by);
    pool.arrive(one, pairing());
    Ticket other = ticketOf(anybody());
    Match match = ((Arrival.Proposed) pool.arrive(other, pairing())).match();
    pool.answer(Cohort.ADULT, other.participant(), match.session(), Verdict.DECLINE);
    assertThat(list()).isEqualTo(blocks).startsWith(letters(first));
    assertThat(pool.attach(one, pairing())).isInstanceOf(Attachment.Stood.class);
    assertThat(pool.attach(other, pairing())).isInstanceOf(Attachment.Stood.class);
    pool.cancel(Cohort.ADULT, other.participant(), other.id());
    assertThat(pool.arrive(ticketOf(first), pairing())).isInstanceOf(Arrival.Stood.class);
  }

  private static Ticket ticketOf(Party who) {
    return ticket().of(who.participant()).on(who.device()).build();
  }

  private Pairing pairing() {
    return new Pairing(SessionId.random(random), Acceptance.BOTH);
  }

  private void refuse(Party whom) {
    pool.refuse(Cohort.ADULT, by, whom);
  }

  private String list() {
    return pools.look().get(pools.key("block:" + by.device()));
  }

  private Party anybody() {
    return new Party(ParticipantId.random(random), DeviceId.random(random));
  }

  private static Party party(String participant, String device) {
    return new Party(new ParticipantId(participant), new DeviceId(device));
  }

  private static String letters(Party party) {
    return party.participant().text().substring(0, 8) + party.device().text().substring(0, 8);
  }
}
