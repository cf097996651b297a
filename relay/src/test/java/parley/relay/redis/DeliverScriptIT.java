package parley.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.domain.NodeId;
import parley.domain.Position;
import parley.relay.AppendOutcome;
import parley.relay.Body;
import parley.relay.Draft;
import parley.relay.LogAnswer;
import parley.relay.LogEntry;
import parley.relay.LogRequest;
import parley.relay.Sign;
import parley.relay.WatchRule;
import parley.relay.redis.ScriptStage.Server;

/// Deliveries against a real Redis: alone, after it forgot the scripts, and as one of three
/// masters.
class DeliverScriptIT {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_000L);

  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration NEVER = Duration.ofHours(1);
  private static final WatchRule LOOK =
      new WatchRule(NEVER, NEVER, NEVER, NEVER, AT_ONCE, AT_ONCE, 10);

  private ScriptStage stage;

  @AfterEach
  void close() {
    stage.close();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aDeliveryMakesTheLogAndIsStoredOnce(Server server) {
    stage = new ScriptStage(server, LogRetention.DEFAULTS);

    assertThat(deliver("first", 11)).isEqualTo(new AppendOutcome.Stored(at(1, 11), NOW));
    assertThat(deliver("second", 12)).isEqualTo(new AppendOutcome.Stored(at(2, 12), NOW));
    assertThat(deliver("first", 13)).isEqualTo(new AppendOutcome.Duplicate(Optional.of(at(1, 11))));

    List<LogEntry> entries =
        ((LogAnswer.Page) stage.run(new LogRequest.Read(stage.session, 1, 10))).entries();
    assertThat(entries)
        .containsExactly(
            new LogEntry(1, 11, 0, 0, NOW, body("first")),
            new LogEntry(2, 12, 0, 0, NOW, body("second")));
    assertThat(stage.redis.pttl(stage.keys.log(stage.session))).isPositive();
    assertThat(stage.redis.pttl(stage.keys.state(stage.session))).isPositive();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void whatWasDeliveredStaysWhenItsReaderIsAway(Server server) {
    stage = new ScriptStage(server, LogRetention.DEFAULTS);
    deliver("first", 11);
    stage.attach(1, ScriptStage.ONE);
    byte[] due = stage.keys.due(stage.bucket);

    assertThat(stage.note(1, 1, Sign.AWAY)).isTrue();

    assertThat(stage.redis.zcard(due)).as("nobody looks after it").isZero();
    stage.redis.zadd(due, 1, stage.session.text().getBytes(StandardCharsets.US_ASCII));
    stage.report(LOOK, ScriptStage.ONE);
    assertThat(stage.redis.zcard(due)).as("it was looked at, by mistake").isZero();
    assertThat(((LogAnswer.Page) stage.run(new LogRequest.Read(stage.session, 1, 10))).entries())
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void whoAttachesFindsWhatWasDeliveredBeforeAndIsNotWatched(Server server) {
    stage = new ScriptStage(server, LogRetention.DEFAULTS);
    deliver("first", 11);

    stage.run(new LogRequest.Open(stage.session, 8, 1, null));
    var facts =
        ((LogAnswer.Facts)
                stage.run(new LogRequest.Attach(stage.session, 1, new NodeId("node-1"), null)))
            .facts();

    assertThat(facts.state().tip()).isEqualTo(at(1, 11));
    assertThat(facts.state().member(1).attachment()).isEqualTo(1);
    assertThat(facts.who()).isEmpty();
    assertThat(stage.redis.exists(stage.keys.due(stage.bucket))).isFalse();
    assertThat(stage.redis.exists(stage.keys.outbox(stage.bucket))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void onlyTheNewestAreKept(Server server) {
    stage = new ScriptStage(server, LogRetention.DEFAULTS);
    for (int i = 1; i <= 70; i++) {
      deliver("delivery " + i, i);
    }

    assertThat(stage.redis.xlen(stage.keys.log(stage.session))).isEqualTo(64);
  }

  private AppendOutcome deliver(String delivery, int check) {
    Draft draft = new Draft(0, 0, 0, check, NOW, body(delivery));
    LogAnswer answer = stage.run(new LogRequest.Deliver(stage.session, 7, delivery, draft));
    return ((LogAnswer.Appended) answer).outcomes().getFirst();
  }

  private static Body body(String text) {
    return Body.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Position at(long offset, int check) {
    return new Position(7, offset, check);
  }
}
