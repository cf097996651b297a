package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.local.LocalMachine;
import parley.local.NodeProcess;
import parley.local.Progress;
import parley.platform.discovery.ServiceName;
import parley.testing.Eventually;

class KilledNodeStory {
  private static final int WORDS = 60;

  @Test
  void aSessionNodeKilledInMidBurstLosesDoublesAndReordersNothing() {
    try (LocalMachine machine =
            LocalMachine.start(
                SharedMachine.plan()
                    .with(ServiceName.SESSION, 1)
                    .with("session", "pace.burst", "1000"),
                Progress.SILENT);
        NodeProcess doomed = NodeProcess.start(machine, ServiceName.SESSION, "session-doomed");
        Crew crew = Crew.of(machine.door(), 8)) {
      List<String> words = IntStream.range(0, WORDS).mapToObj(i -> "word " + i).toList();
      words.subList(0, WORDS / 2).forEach(crew::everybodySays);
      doomed.kill();
      words.subList(WORDS / 2, WORDS).forEach(crew::everybodySays);

      Eventually.holds(
          "every word is stored and heard, in order and once",
          Duration.ofSeconds(60),
          () -> crew.everybodyHeard(words));
      assertThat(crew.lostNothing()).isTrue();
      assertThat(crew.reconnected()).as("the node had some of them").isPositive();
    }
  }
}
