package parley.match.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.ParticipantId;
import parley.match.core.Party;
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
