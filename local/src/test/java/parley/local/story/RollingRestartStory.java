package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import parley.local.LocalMachine;
import parley.local.LocalNode;
import parley.local.Progress;
import parley.platform.discovery.ServiceName;
import parley.testing.Eventually;

class RollingRestartStory {
  private static final Duration SAY_EVERY = Duration.ofMillis(100);

  @Test
  void everySessionNodeIsRestartedUnderLoadAndNobodyLosesAWord() {
    try (LocalMachine machine =
            LocalMachine.start(
                SharedMachine.plan().with("session", "pace.burst", "100000"), Progress.SILENT);
        Crew crew = Crew.of(machine.door(), 8)) {
      List<String> words;
      try (Talk talk = Talk.begin(crew)) {
        for (LocalNode node : machine.nodes(ServiceName.SESSION)) {
          talk.awaitMore(5);
          restart(machine, node);
        }
        talk.awaitMore(5);
        words = talk.end();
      }

      Eventually.holds(
          "every word is stored and heard, in order and once",
          Duration.ofSeconds(60),
          () -> crew.everybodyHeard(words));
      assertThat(crew.lostNothing()).isTrue();
      assertThat(crew.breaks())
          .as("a drain tells to resume, and nothing else happens")
          .containsOnly("END_REASON_DRAIN");
      assertThat(crew.breaks()).as("each was told at one node at least").hasSizeBetween(16, 32);
    }
  }

  /// As a deployment does it: the new node takes the old one's name, not its address.
  private static void restart(LocalMachine machine, LocalNode node) {
    node.node().drain();
    machine.remove(node);
    LocalNode again = machine.add(ServiceName.SESSION, node.id());
    machine.awaitKnown(again.serving());
  }

  /// Everybody says a word, again and again.
  private static final class Talk implements AutoCloseable {
    private final List<String> words = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Crew crew;

    private Talk(Crew crew) {
      this.crew = crew;
    }

    static Talk begin(Crew crew) {
      Talk talk = new Talk(crew);
      var _ =
          talk.clock.scheduleAtFixedRate(
              talk::sayOne, 0, SAY_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      return talk;
    }

    void awaitMore(int count) {
      int before = words.size();
      Eventually.holds("they talk on", () -> words.size() >= before + count);
    }

    List<String> end() {
      close();
      return List.copyOf(words);
    }

    @Override
    public void close() {
      clock.close();
    }

    private void sayOne() {
      String word = "word " + words.size();
      crew.everybodySays(word);
      words.add(word);
    }
  }
}
