package parley.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.platform.lifecycle.NodeContext;
import parley.relay.Body;
import parley.relay.Closing;
import parley.relay.OutboxEntry;
import parley.relay.OutboxReader;
import parley.relay.redis.ScriptStage.Server;
import parley.testing.Eventually;

/// The outbox against a real Redis: alone, after it forgot the scripts, and as one of three
/// masters.
class RedisOutboxIT {
  private static final OutboxReader READER = new OutboxReader("test", Duration.ofMillis(300));

  private ScriptStage stage;
  private RedisOutbox one;
  private RedisOutbox two;

  @AfterEach
  void close() {
    one.close();
    two.close();
    stage.close();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void whatSessionsWroteIsReadInOrderUntilItIsRemoved(Server server) {
    open(server);

    List<OutboxEntry> all = read(one, null);
    assertThat(all).hasSize(3).allMatch(entry -> entry.session().equals(stage.session));
    OutboxEntry last = all.getLast();
    assertThat(last.kind()).isEqualTo(OutboxEntry.Kind.CLOSED);
    assertThat(last.closing()).isEqualTo(new Closing(1, 4));
    assertThat(last.who()).isEqualTo(Map.of(1, stage.who.get(0), 2, stage.who.get(1)));
    assertThat(last.about()).isEqualTo(Body.of(new byte[] {1, 2, 3}));
    assertThat(last.at()).isAfterOrEqualTo(last.made());
    assertThat(all.subList(0, 2))
        .extracting(OutboxEntry::kind)
        .containsExactlyInAnyOrder(OutboxEntry.Kind.OPENED, OutboxEntry.Kind.SETTLE);
    assertThat(read(one, all.getFirst().id())).isEqualTo(all.subList(1, 3));

    one.remove(stage.bucket, List.of(all.get(1).id(), "1-1"));

    assertThat(read(one, null)).containsExactly(all.getFirst(), all.getLast());
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aBucketIsReadByOneNodeForOnePurposeUntilItStops(Server server) {
    open(server);
    read(one, null);

    assertThat(two.read(stage.bucket, READER, null, 10)).isEmpty();
    assertThat(two.read(stage.bucket, new OutboxReader("other", Duration.ofSeconds(1)), null, 10))
        .isPresent();
    Eventually.holds(
        "the second takes over", () -> two.read(stage.bucket, READER, null, 10).isPresent());
    assertThat(one.read(stage.bucket, READER, null, 10)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void whoReplacesAnotherSessionSaysSoOnce(Server server) {
    open(server);
    SessionId other = SessionId.random(RandomGenerator.getDefault());
    try (ScriptStage later = new ScriptStage(server, LogRetention.DEFAULTS);
        RedisOutbox box = RedisOutbox.open(later.config, NodeContext.of(new NodeId("node-1")))) {
      later.open(null);
      later.attach(2, ScriptStage.ONE, other);
      later.attach(2, ScriptStage.TWO, other);

      List<OutboxEntry> all = box.read(later.bucket, READER, null, 10).orElseThrow();

      assertThat(all).extracting(OutboxEntry::kind).containsExactly(OutboxEntry.Kind.REPLACED);
      assertThat(all.getFirst().other()).isEqualTo(other);
      assertThat(all.getFirst().session()).isEqualTo(later.session);
      later.attach(1, ScriptStage.ONE);
      assertThat(box.read(later.bucket, READER, null, 10).orElseThrow())
          .filteredOn(entry -> entry.other() != null)
          .hasSize(1);
    }
  }

  private void open(Server server) {
    stage = new ScriptStage(server, LogRetention.DEFAULTS);
    one = RedisOutbox.open(stage.config, NodeContext.of(new NodeId("node-1")));
    two = RedisOutbox.open(stage.config, NodeContext.of(new NodeId("node-2")));
    stage.open(null);
    stage.attach(1, ScriptStage.ONE);
    stage.attach(2, ScriptStage.TWO);
    stage.close(new Closing(1, 4), null);
  }

  private List<OutboxEntry> read(RedisOutbox outbox, String after) {
    return outbox.read(stage.bucket, READER, after, 10).orElseThrow();
  }
}
