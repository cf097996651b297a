package parley.platform.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.Lifecycle;
import parley.testing.Eventually;
import parley.testing.TestRedis;
import parley.testing.TestRedisCluster;
import parley.testing.TestStore;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/// Ordinary commands and followed streams go where the primary is.
class PromotionIT {
  private static final String STREAM = "told";
  private static final ReplicaRule ONE = new ReplicaRule(1, ReplicaRule.Shortage.STOP);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Lifecycle lifecycle = new Lifecycle();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    lifecycle.close();
  }

  /// It goes on answering, but nobody writes there any more.
  @ParameterizedTest
  @EnumSource
  void anOldPrimaryThatWasCutOffIsReadNoMore(TestStore store) {
    RedisServer old = server(store);
    RedisServer replica = server(store);
    RedisServer third = server(store);
    replica.follow(old);
    tell(old, "before");
    StreamFollower follower = follow(old, replica);
    Eventually.holds("it is heard", () -> heard.contains("before"));

    replica.promote();
    third.follow(replica);
    tell(replica, "after");

    Eventually.holds("what is written is heard", PATIENCE, () -> heard.contains("after"));
    assertThat(follower.unreadFor()).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void withoutItsReplicasAPrimaryCountsAsUnread() {
    RedisServer primary = server(TestStore.REDIS);
    RedisServer replica = server(TestStore.REDIS);
    replica.follow(primary);
    StreamFollower follower = follow(primary);
    Eventually.holds("it is read", () -> follower.unreadFor().toSeconds() < 2);

    replica.kill();

    Eventually.holds("it counts as unread", PATIENCE, () -> follower.unreadFor().toSeconds() > 4);
    RedisServer another = server(TestStore.REDIS);
    another.follow(primary);
    Eventually.holds("it is read again", PATIENCE, () -> follower.unreadFor().toSeconds() < 2);
  }

  @ParameterizedTest
  @EnumSource
  void commandsGoToWhoeverIsPrimary(TestStore kind) {
    RedisServer first = server(kind);
    RedisServer second = server(kind);
    second.follow(first);
    RedisStore store = lifecycle.own(RedisStore.open(config(ReplicaRule.NONE, first, second)));
    store.ask(jedis -> jedis.set("key", "one"));
    second.catchUp(first);

    second.promote();
    first.follow(second);

    Eventually.holds(
        "the new primary answers", () -> "OK".equals(store.ask(jedis -> jedis.set("key", "two"))));
    first.kill();
    String kept = store.ask(jedis -> jedis.get("key"));
    assertThat(kept).isEqualTo("two");
  }

  @Test
  void onAClusterCommandsGoToTheirKeys() {
    HostPort any = HostPort.parse(TestRedisCluster.shared().getFirst());
    String prefix = TestRedis.prefix();
    RedisStore store = lifecycle.own(RedisStore.open(new RedisConfig(any, prefix)));

    for (int i = 0; i < 30; i++) {
      String key = prefix + i;
      store.ask(jedis -> jedis.set(key, "there"));
      String kept = store.ask(jedis -> jedis.get(key));
      assertThat(kept).isEqualTo("there");
    }
  }

  @Test
  void whatIsRefusedIsNotUnknown() {
    RedisStore store =
        lifecycle.own(
            RedisStore.open(
                new RedisConfig(HostPort.parse(TestRedis.shared()), TestRedis.prefix())));
    String key = TestRedis.prefix() + "list";
    store.ask(jedis -> jedis.set(key, "no list"));

    assertThatThrownBy(() -> store.ask(jedis -> jedis.lpush(key, "x")))
        .isInstanceOf(RedisRefusal.class)
        .hasMessageContaining("WRONGTYPE");
  }

  private StreamFollower follow(RedisServer... servers) {
    return lifecycle.own(
        StreamFollower.follow(
            config(ONE, servers),
            STREAM,
            entry -> heard.add(new String(entry.fields().get("word"), UTF_8)),
            "follower",
            PATIENCE));
  }

  private RedisServer server(TestStore store) {
    return lifecycle.own(RedisServer.start(RedisOptions.fleeting().with(store.program())));
  }

  private static RedisConfig config(ReplicaRule rule, RedisServer... servers) {
    return new RedisConfig(
        Stream.of(servers).map(RedisServer::address).map(HostPort::parse).toList(), "", rule);
  }

  private static void tell(RedisServer server, String word) {
    try (Jedis client = new Jedis("127.0.0.1", server.port())) {
      client.xadd(STREAM, StreamEntryID.NEW_ENTRY, Map.of("word", word));
    }
  }
}
