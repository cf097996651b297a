package parley.platform.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.backing.RedisCluster;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.domain.NodeId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.ReplicaRule;
import parley.testing.Eventually;
import parley.testing.TestRedis;
import parley.testing.TestStore;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.util.JedisClusterCRC16;

class NoticesIT {
  private final Lifecycle lifecycle = new Lifecycle();
  private final HostPort address = HostPort.parse(TestRedis.shared());
  private final RedisConfig config = new RedisConfig(address, TestRedis.prefix());
  private final Ear ear = new Ear();

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @Test
  void noticesReachTheNodeTheyAreForInOrder() {
    Notices one = open("node-1");
    Ear other = new Ear();
    open("node-2").listen(ear);
    open("node-3").listen(other);
    Eventually.holds("both listen", () -> ear.missed.get() == 1 && other.missed.get() == 1);

    IntStream.range(0, 1_000).forEach(i -> publish(one, "node-2", "n" + i));
    publish(one, "node-3", "marker");

    Eventually.holds("all came", () -> ear.heard.size() == 1_000);
    assertThat(ear.heard).isEqualTo(IntStream.range(0, 1_000).mapToObj(i -> "n" + i).toList());
    Eventually.holds("the marker came", () -> other.heard.contains("marker"));
    assertThat(other.heard).containsExactly("marker");
  }

  @Test
  void aRenewedSubscriptionSaysThatSomethingMayHaveBeenMissed() {
    Notices one = open("node-1");
    open("node-2").listen(ear);
    Eventually.holds("it listens", () -> ear.missed.get() == 1);

    try (Jedis redis = new Jedis(address.host(), address.port())) {
      redis.clientKill(ClientKillParams.clientKillParams().type(ClientType.PUBSUB));
    }

    Eventually.holds("it listens again", () -> ear.missed.get() > 1);
    publish(one, "node-2", "after");
    Eventually.holds("it hears again", () -> ear.heard.contains("after"));
  }

  @Test
  void whatIsToldToNobodyIsLostInSilence() {
    Notices one = open("node-1");
    assertThat(one.publish(new NodeId("nobody"), new byte[] {1})).isTrue();

    open("node-2").listen(ear);
    Eventually.holds("it listens", () -> ear.missed.get() == 1);
    publish(one, "node-2", "marker");

    Eventually.holds("the marker came", () -> ear.heard.contains("marker"));
  }

  @Test
  void whenThePrimaryFallsSilentTheNextOneIsUsed() {
    RedisServer primary = lifecycle.own(RedisServer.start(RedisOptions.fleeting()));
    RedisServer replica = lifecycle.own(RedisServer.start(RedisOptions.fleeting()));
    replica.follow(primary);
    RedisConfig both =
        new RedisConfig(
            List.of(HostPort.parse(primary.address()), HostPort.parse(replica.address())),
            "",
            ReplicaRule.NONE);
    Notices one = open(both, "node-1");
    open(both, "node-2").listen(ear);
    Eventually.holds("it listens", () -> ear.missed.get() == 1);

    primary.freeze();
    replica.promote();

    Eventually.holds("it listens again", Duration.ofSeconds(30), () -> ear.missed.get() == 2);
    Eventually.holds(
        "it hears again",
        () -> {
          publish(one, "node-2", "after");
          return ear.heard.contains("after");
        });
  }

  @ParameterizedTest
  @EnumSource
  void onAClusterAChannelIsWhereItsSlotIs(TestStore store) {
    RedisCluster cluster = lifecycle.own(RedisCluster.start(store.program()));
    RedisConfig one = new RedisConfig(HostPort.parse(cluster.addresses().getFirst()), "");
    Notices teller = open(one, "node-0");
    open(one, "node-2").listen(ear);
    Eventually.holds("it listens", () -> ear.missed.get() == 1);
    IntStream.range(0, 100).forEach(i -> publish(teller, "node-2", "n" + i));
    Eventually.holds("all came", () -> ear.heard.size() == 100);
    List<RedisServer> with =
        cluster.nodes().stream().filter(node -> hasChannel(node, "notice:test:node-2")).toList();
    assertThat(with).as("primaries with the channel").hasSize(1);

    RedisServer to = cluster.nodes().get((cluster.nodes().indexOf(with.getFirst()) + 1) % 3);
    cluster.moveSlot(JedisClusterCRC16.getSlot("notice:test:node-2"), with.getFirst(), to);

    Eventually.holds("it listens again", () -> ear.missed.get() > 1);
    Eventually.holds(
        "it hears again",
        () -> {
          publish(teller, "node-2", "after");
          return ear.heard.contains("after");
        });
    assertThat(hasChannel(to, "notice:test:node-2")).isTrue();
  }

  @Test
  void whereOnePrimaryTakesNothingTheOthersDo() {
    RedisCluster cluster = lifecycle.own(RedisCluster.start());
    RedisConfig where = new RedisConfig(HostPort.parse(cluster.addresses().getFirst()), "");
    Notices teller = open(where, "teller");
    Map<RedisServer, String> at = new HashMap<>();
    Map<RedisServer, Ear> ears = new HashMap<>();
    for (int i = 1; at.size() < cluster.nodes().size(); i++) {
      Ear one = new Ear();
      String node = "node-" + i;
      open(where, node).listen(one);
      Eventually.holds("it listens", () -> one.missed.get() == 1);
      for (RedisServer primary : cluster.nodes()) {
        if (hasChannel(primary, "notice:test:" + node) && at.putIfAbsent(primary, node) == null) {
          ears.put(primary, one);
        }
      }
    }

    for (RedisServer refusing : cluster.nodes()) {
      ears.values().forEach(one -> one.heard.clear());
      mayPublish(refusing, "-spublish");
      publish(teller, at.get(refusing), "fails");
      for (int i = 0; i < 100; i++) {
        at.values().forEach(node -> publish(teller, node, "n"));
      }

      Eventually.holds(
          "all came but to one",
          () ->
              ears.entrySet().stream()
                  .filter(one -> one.getKey() != refusing)
                  .allMatch(one -> one.getValue().heard.size() == 100));
      assertThat(ears.get(refusing).heard).isEmpty();
      mayPublish(refusing, "+spublish");
    }
  }

  private static void mayPublish(RedisServer node, String rule) {
    try (Jedis client = new Jedis("127.0.0.1", node.port())) {
      client.aclSetUser("default", rule);
    }
  }

  private static boolean hasChannel(RedisServer node, String channel) {
    try (Jedis client = new Jedis("127.0.0.1", node.port())) {
      List<?> channels = (List<?>) client.sendCommand(Protocol.Command.PUBSUB, "SHARDCHANNELS");
      return channels.stream()
          .anyMatch(name -> channel.equals(new String((byte[]) name, StandardCharsets.UTF_8)));
    }
  }

  private Notices open(String node) {
    return open(config, node);
  }

  private Notices open(RedisConfig where, String node) {
    return lifecycle.own(Notices.open(where, "test", NodeContext.of(new NodeId(node))));
  }

  private static void publish(Notices from, String to, String notice) {
    from.publish(new NodeId(to), notice.getBytes(StandardCharsets.UTF_8));
  }

  private static final class Ear implements NoticeListener {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger missed = new AtomicInteger();

    @Override
    public void noticed(byte[] notice) {
      heard.add(new String(notice, StandardCharsets.UTF_8));
    }

    @Override
    public void missed() {
      missed.incrementAndGet();
    }
  }
}
