package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.client.Parley;
import parley.client.call.Face;
import parley.client.call.ServerAddress;
import parley.client.conversation.ConversationEvent;
import parley.platform.lifecycle.Lifecycle;
import parley.testing.Counts;
import parley.testing.Eventually;

class HundredsStory {
  private static final int PAIRS = 250;
  private static final int PAIRS_A_CONNECTION = 25;
  private static final Duration TALK = Duration.ofMinutes(Counts.of(1, 5));

  @Test
  void fiveHundredMembersTalkForAMinuteAndEveryLogIsWhole() {
    Lifecycle lifecycle = new Lifecycle();
    try (lifecycle) {
      List<Pair> pairs = meet(lifecycle);
      int rounds = talk(pairs);

      Eventually.holds(
          "every word is stored and heard",
          Duration.ofSeconds(60),
          () -> pairs.stream().allMatch(pair -> pair.isComplete(rounds)));
      assertThat(rounds).isGreaterThan(20);
      assertThat(pairs).allMatch(Pair::wasQuiet);
      pairs.forEach(HundredsStory::assertOneLog);
    }
  }

  private static List<Pair> meet(Lifecycle lifecycle) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < PAIRS; i += PAIRS_A_CONNECTION) {
      Parley shared =
          lifecycle.own(Parley.connect(ServerAddress.parse(SharedMachine.door()), Face.NATIVE));
      for (int j = 0; j < PAIRS_A_CONNECTION; j++) {
        Wishes wishes = Wishes.anyone("hundreds-" + (i + j));
        Pair pair = Pair.enter(Person.arrive(shared, wishes), Person.arrive(shared, wishes));
        pairs.add(lifecycle.own(pair));
      }
    }
    return pairs;
  }

  /// Both say something in each round, a round a second; returns how many there were.
  private static int talk(List<Pair> pairs) {
    long until = System.nanoTime() + TALK.toNanos();
    int round = 0;
    while (System.nanoTime() < until) {
      String word = "round " + round++;
      pairs.forEach(
          pair -> {
            pair.first().say(word);
            pair.second().say(word);
          });
      long next = round * 1_000_000_000L + until - TALK.toNanos();
      Eventually.holds("the next round begins", () -> System.nanoTime() >= next);
    }
    return round;
  }

  /// Both have seen the same words at the same offsets, 1 and up without a gap.
  private static void assertOneLog(Pair pair) {
    Map<Integer, String> one = log(pair.first());
    assertThat(one).isEqualTo(log(pair.second()));
    assertThat(one.keySet())
        .isEqualTo(IntStream.rangeClosed(1, one.size()).boxed().collect(Collectors.toSet()));
  }

  private static Map<Integer, String> log(Person person) {
    Map<Integer, String> log = new TreeMap<>();
    for (ConversationEvent event : person.heard().all()) {
      switch (event) {
        case ConversationEvent.Stored own ->
            put(log, own.position() == null ? 0 : own.position().getOffset(), own.text().text());
        case ConversationEvent.Message message ->
            put(log, message.position().getOffset(), message.text());
        default -> {}
      }
    }
    return log;
  }

  private static void put(Map<Integer, String> log, int offset, String text) {
    assertThat(log.put(offset, text)).as("offset %d twice", offset).isNull();
  }
}
