package parley.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import parley.domain.NodeId;
import parley.testing.Eventually;

class NodeTasksTest {
  @Test
  void aClockThatIsSetDoesNotMakeTimePass() {
    AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    Instant began = clock.get();
    List<Instant> ticks = new CopyOnWriteArrayList<>();
    try (NodeTasks tasks = new NodeTasks(new NodeId("match-1"))) {
      tasks.everyTick(clock::get, ticks::add);
      clock.set(began.plus(Duration.ofDays(1)));
      Eventually.holds("it ticks again", () -> ticks.size() > 1);
    }
    assertThat(ticks.getFirst()).isEqualTo(began);
    assertThat(ticks.get(1)).isAfter(began).isBefore(began.plus(Duration.ofHours(1)));
  }
}
