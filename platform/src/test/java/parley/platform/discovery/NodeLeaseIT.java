package parley.platform.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.platform.discovery.RegisteredNodes.ready;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.domain.NodeId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.LuaScript;
import parley.platform.redis.RedisConfig;
import parley.testing.Eventually;
import parley.testing.TestRedis;

class NodeLeaseIT {
  private static final LeaseTimes SHORT =
      new LeaseTimes(Duration.ofSeconds(1), Duration.ofMillis(200));

  private final Lifecycle lifecycle = new Lifecycle();
  private final RedisConfig redis =
      new RedisConfig(HostPort.parse(TestRedis.shared()), TestRedis.prefix());
  private final NodeDirectory directory = lifecycle.own(NodeDirectory.over(redis));

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @Test
  void aNodeThatHoldsALeaseIsListedAsItDescribedItself() {
    RegisteredNode node = ready(ServiceName.SESSION, "session-1", 5000);
    hold(redis, node);

    Eventually.holds("the node is listed", () -> directory.list().equals(List.of(node)));
  }

  @Test
  void howMuchANodeTakesIsSaidWithEachBeat() {
    RegisteredNode node = ready(ServiceName.BOT, "bot-1", 5000);
    AtomicInteger places = new AtomicInteger(2);
    lifecycle.own(
        NodeLease.hold(
            redis, node, () -> new Room(places.get()), SHORT, NodeContext.of(node.node())));
    Eventually.holds("it has two places", () -> said().equals(List.of(new Room(2))));

    places.set(0);

    Eventually.holds("it is full", () -> said().equals(List.of(new Room(0))));
  }

  @Test
  void aLeaseEndsWithoutABeatAndLastsWithOne() {
    hold(redis, ready(ServiceName.MATCH, "match-1", 5000));
    awaitListed("match-1");
    beatOnce(ready(ServiceName.MATCH, "match-2", 5010), SHORT.lease().plusMillis(200));
    awaitListed("match-2");

    Eventually.holds("the silent one is gone", () -> !listed().contains("match-2"));

    assertThat(listed()).containsExactly("match-1");
  }

  @Test
  void aNodeThatDrainsSaysSoAtOnceAndGoesOnSayingIt() {
    NodeLease lease = hold(redis, ready(ServiceName.MATCH, "match-1", 5000));
    awaitListed("match-1");

    lease.drain();

    assertThat(directory.list())
        .extracting(RegisteredNode::state)
        .containsExactly(NodeState.DRAINING);
  }

  @Test
  void aNodeThatClosesIsGoneAtOnce() {
    NodeLease lease = hold(redis, ready(ServiceName.MATCH, "match-1", 5000));
    awaitListed("match-1");

    lease.close();

    assertThat(directory.list()).isEmpty();
  }

  @Test
  void closingTheOldProcessDoesNotRemoveTheOneThatTookOverItsId() {
    NodeLease old =
        hold(redis, ready(ServiceName.MATCH, "match-1", 5000), slow(Duration.ofSeconds(60)));
    awaitListed("match-1");
    RegisteredNode heir = ready(ServiceName.MATCH, "match-1", 6000);
    hold(redis, heir, slow(Duration.ofSeconds(60)));
    Eventually.holds("the heir is listed", () -> directory.list().equals(List.of(heir)));

    old.close();

    assertThat(directory.list()).containsExactly(heir);
  }

  @Test
  void aNodeThatStartsBeforeRedisIsListedOnceRedisIsThere() {
    RedisServer server = RedisServer.start(RedisOptions.fleeting());
    HostPort address = HostPort.parse(server.address());
    server.kill();
    RedisConfig late = new RedisConfig(address, "late:");
    NodeContext context = NodeContext.of(new NodeId("match-1"));
    lifecycle.own(NodeLease.hold(late, ready(ServiceName.MATCH, "match-1", 5000), SHORT, context));
    Eventually.holds("a beat failed", () -> failedBeats(context) > 0);

    lifecycle.own(
        RedisServer.start(
            new RedisOptions(
                address.port(), null, RedisOptions.Persistence.NONE, RedisOptions.Topology.ALONE)));

    NodeDirectory itsDirectory = lifecycle.own(NodeDirectory.over(late));
    Eventually.holds("the node is listed", () -> itsDirectory.list().size() == 1);
  }

  @Test
  void aClosedLeaseBeatsNoMore() {
    NodeLease lease = hold(redis, ready(ServiceName.MATCH, "match-1", 5000));
    awaitListed("match-1");

    lease.close();
    lease.drain();

    assertThat(directory.list()).isEmpty();
  }

  private static double failedBeats(NodeContext context) {
    return context.meters().counter("parley.discovery.beat.failed").count();
  }

  private static LeaseTimes slow(Duration beat) {
    return new LeaseTimes(beat.multipliedBy(2), beat);
  }

  private NodeLease hold(RedisConfig where, RegisteredNode node) {
    return hold(where, node, SHORT);
  }

  private NodeLease hold(RedisConfig where, RegisteredNode node, LeaseTimes times) {
    return lifecycle.own(NodeLease.hold(where, node, times, NodeContext.of(node.node())));
  }

  /// What a process leaves behind that is killed after its first beat.
  private void beatOnce(RegisteredNode node, Duration lease) {
    try (DirectoryConnection connection = new DirectoryConnection(redis)) {
      connection.run(
          LuaScript.resource(NodeLease.class, "node_beat.lua"),
          List.of(
              DiscoveryKeys.name(node),
              Long.toString(lease.toMillis()).getBytes(UTF_8),
              StoredNodes.write(node, 7),
              new byte[0]));
    }
  }

  private void awaitListed(String node) {
    Eventually.holds(node + " is listed", () -> listed().contains(node));
  }

  private List<Room> said() {
    return directory.list().stream().map(RegisteredNode::room).toList();
  }

  private List<String> listed() {
    return directory.list().stream().map(node -> node.node().text()).toList();
  }
}
