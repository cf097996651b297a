package parley.session.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.CorrelationId;
import parley.domain.DeviceId;
import parley.domain.MemberKind;
import parley.domain.Mode;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.relay.WatchRule;
import parley.relay.Who;
import parley.session.core.port.Outlet;
import parley.session.core.port.Timers;
import parley.session.redis.StoredBodies;

class StreamInputTest {
  private static final RandomGenerator RANDOM = RandomGenerator.getDefault();
  private static final int TEXTS = 60;

  private final StoredBodies bodies = new StoredBodies();
  private final Bell bell = new Bell();
  private final Told told = new Told();
  private final StreamOutput output = new StreamOutput(bodies, told, 1);
  private final Admission self = someone();
  private final List<Outcome> outcomes = new ArrayList<>();

  @Test
  void whatIsRefusedTakesItsTurnAndItsRoomComesInTime() {
    StreamInput input = input();

    for (int i = 0; i < TEXTS; i++) {
      input.received(new Upward.Text(1, "\u0000"));
    }

    assertThat(outcomes.subList(0, 2)).containsOnly(new Outcome.NotPlainText());
    assertThat(outcomes.subList(2, TEXTS)).hasOnlyElementsOfType(Outcome.TooFast.class);
    assertThat(told.room).as("two of the pace of texts, forty of the others'").isEqualTo(42);
    assertThat(bell.waiting.values().stream().mapToInt(List::size).sum()).isEqualTo(18);
    assertThat(bell.waiting.keySet()).contains(Duration.ofMillis(100), Duration.ofMillis(1_800));

    bell.waiting.values().forEach(all -> all.forEach(Runnable::run));

    assertThat(told.room).isEqualTo(TEXTS);
  }

  private StreamInput input() {
    SessionLimits d = SessionLimits.DEFAULTS;
    SessionLimits limits =
        new SessionLimits(
            d.maxCodePoints(),
            d.maxBytes(),
            2,
            1,
            d.heartbeatEvery(),
            d.acknowledgeEvery(),
            d.maxAge(),
            d.enterWithin(),
            1);
    Instant now = Instant.EPOCH;
    Duration hour = Duration.ofHours(1);
    StreamServices services =
        new StreamServices(
            null,
            new TextSender(null, bodies, limits, new Paces(limits, () -> now), () -> now),
            null,
            null,
            new ConversationPorts(bodies, null, null, bell, null, null),
            null,
            limits,
            new PresenceTimes(
                hour, hour, hour, hour, hour, new WatchRule(hour, hour, hour, hour, hour, hour, 1)),
            new NodeSources(() -> now, RANDOM));
    LifeSigns signs = new LifeSigns(services, self, 1, () -> {});
    bell.waiting.clear();
    return new StreamInput(services, self, 1, output, signs, new Answered());
  }

  private static Admission someone() {
    return new Admission(
        SessionId.random(RANDOM),
        1,
        new Who(ParticipantId.random(RANDOM), DeviceId.random(RANDOM)),
        List.of(MemberKind.PERSON, MemberKind.PERSON),
        Mode.TEXT,
        Cohort.ADULT,
        CorrelationId.random(RANDOM),
        CorrelationId.random(RANDOM),
        ReadReceipts.SHOWN,
        null,
        null,
        null);
  }

  /// As a stream does.
  private final class Answered implements StreamInput.Answers {
    @Override
    public void answered(OutcomeOrder.Slot slot, Outcome outcome) {
      outcomes.add(outcome);
      slot.answered(outcome);
      output.write((StreamEvent) null);
    }

    @Override
    public void unavailable() {}
  }

  private static final class Bell implements Timers {
    private final Map<Duration, List<Runnable>> waiting = new HashMap<>();

    @Override
    public Alarm after(Duration delay, Runnable task) {
      waiting.computeIfAbsent(delay, _ -> new ArrayList<>()).add(task);
      return () -> {};
    }

    @Override
    public Duration now() {
      return Duration.ZERO;
    }
  }

  private static final class Told implements Outlet {
    private int room;

    @Override
    public void takeMore(int frames) {
      assertThat(frames).isPositive();
      room += frames;
    }

    @Override
    public boolean send(List<Frame> frames) {
      return true;
    }

    @Override
    public void end(List<Frame> last) {}

    @Override
    public void endAtOnce(Frame last) {}

    @Override
    public void refuse(Refusal refusal) {}

    @Override
    public boolean ready() {
      return true;
    }
  }
}
