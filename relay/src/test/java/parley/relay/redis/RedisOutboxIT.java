package parley.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import parley.relay.OutboxEntry.Kind;
import parley.relay.OutboxPage;
import parley.relay.OutboxReader;
import parley.relay.redis.ScriptStage.Server;
import parley.testing.Eventually;
import redis.clients.jedis.params.XAddParams;

/// The outbox against a real Redis: alone, after it forgot the scripts, and as one of three
/// masters.
class RedisOutboxIT {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final OutboxReader READER = all("test", LONG);

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
    assertThat(last.kind()).isEqualTo(Kind.CLOSED);
    assertThat(last.closing()).isEqualTo(new Closing(1, 4));
    assertThat(last.who()).isEqualTo(Map.of(1, stage.who.get(0), 2, stage.who.get(1)));
    assertThat(last.about()).isEqualTo(Body.of(new byte[] {1, 2, 3}));
    assertThat(last.at()).isAfterOrEqualTo(last.made());
    assertThat(all.subList(0, 2))
        .extracting(OutboxEntry::kind)
        .containsExactlyInAnyOrder(Kind.OPENED, Kind.SETTLE);
    assertThat(read(one, all.getFirst().id())).isEqualTo(all.subList(1, 3));

    one.stop(stage.bucket, READER, List.of(all.get(1).id(), "1-1"));

    assertThat(read(one, null)).containsExactly(all.getFirst(), all.getLast());
    OutboxPage rest =
        one.read(stage.bucket, READER, null, List.of(all.getLast().id())).orElseThrow();
    assertThat(rest.entries()).containsExactly(all.getFirst());
    assertThat(rest.last()).isEqualTo(all.getFirst().id());
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aReaderIsHandedItsOwnKindsAndLeavesTheBucketFreeIfThereAreNone(Server server) {
    open(server);
    String last = read(one, null).getLast().id();
    OutboxReader reports = new OutboxReader("reports", Set.of(Kind.REPORTED), LONG);
    OutboxReader ends = new OutboxReader("ends", Set.of(Kind.CLOSED, Kind.REPORTED), LONG);

    assertThat(one.read(stage.bucket, reports, null, List.of()))
        .contains(new OutboxPage(List.of(), last, true));
    assertThat(two.read(stage.bucket, reports, null, List.of())).isPresent();
    assertThat(two.read(stage.bucket, ends, null, List.of()).orElseThrow().entries())
        .extracting(OutboxEntry::kind)
        .containsExactly(Kind.CLOSED);
    assertThat(one.read(stage.bucket, reports, null, List.of())).isPresent();
    assertThat(one.read(stage.bucket, ends, null, List.of())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aBucketIsReadByOneNodeForOnePurposeUntilItsTurnIsOver(Server server) {
    open(server);
    List<OutboxEntry> all = read(one, null);

    assertThat(two.read(stage.bucket, READER, null, List.of())).isEmpty();
    assertThat(two.read(stage.bucket, all("other", LONG), null, List.of())).isPresent();
    assertThat(one.read(stage.bucket, READER, all.getLast().id(), ids(all)))
        .contains(new OutboxPage(List.of(), all.getLast().id(), true));
    write("closed");
    assertThat(read(two, null)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void whatIsWrittenDuringATurnIsFoundInItAndTheBucketStaysWithItsNode(Server server) {
    open(server);
    List<OutboxEntry> all = read(one, null);
    write("closed");

    assertThat(two.read(stage.bucket, READER, all.getLast().id(), List.of())).isEmpty();
    OutboxPage more = one.read(stage.bucket, READER, all.getLast().id(), ids(all)).orElseThrow();
    assertThat(more.entries()).hasSize(1);
    assertThat(two.read(stage.bucket, READER, null, List.of())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aTurnThatIsGivenUpIsAnothersAndNobodyEndsThatOfAnother(Server server) {
    open(server);
    read(one, null);

    two.stop(stage.bucket, READER, List.of());
    assertThat(two.read(stage.bucket, READER, null, List.of())).isEmpty();
    one.stop(stage.bucket, READER, List.of());
    assertThat(read(two, null)).hasSize(3);
    assertThat(one.read(stage.bucket, READER, null, List.of())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void theTurnOfANodeThatStoppedIsOverWithItsLease(Server server) {
    open(server);
    OutboxReader brief = all("brief", Duration.ofMillis(300));
    OutboxReader longer = all("brief", LONG);
    assertThat(one.read(stage.bucket, brief, null, List.of())).isPresent();

    Eventually.holds(
        "the second takes over", () -> two.read(stage.bucket, longer, null, List.of()).isPresent());
    assertThat(one.read(stage.bucket, longer, null, List.of())).isEmpty();
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

      List<OutboxEntry> all =
          box.read(later.bucket, READER, null, List.of()).orElseThrow().entries();

      assertThat(all).extracting(OutboxEntry::kind).containsExactly(Kind.REPLACED);
      assertThat(all.getFirst().other()).isEqualTo(other);
      assertThat(all.getFirst().session()).isEqualTo(later.session);
      later.attach(1, ScriptStage.ONE);
      assertThat(box.read(later.bucket, READER, null, List.of()).orElseThrow().entries())
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
    return outbox.read(stage.bucket, READER, after, List.of()).orElseThrow().entries();
  }

  /// As the scripts do for another session of the bucket.
  private void write(String what) {
    Map<byte[], byte[]> fields =
        Map.of(bytes("what"), bytes(what), bytes("id"), stage.session.bytes());
    var _ = stage.redis.xadd(stage.keys.outbox(stage.bucket), XAddParams.xAddParams(), fields);
  }

  private static OutboxReader all(String purpose, Duration lease) {
    return new OutboxReader(purpose, Set.of(Kind.values()), lease);
  }

  private static List<String> ids(List<OutboxEntry> entries) {
    return entries.stream().map(OutboxEntry::id).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
