package parley.platform.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.backing.RedisCluster;
import parley.backing.RedisServer;
import parley.domain.NodeId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.testing.Eventually;
import parley.testing.TestStore;
import redis.clients.jedis.Jedis;

/// One batch over three primaries, and slots that move under it.
class ScriptCommitsClusterIT {
  private static final LuaScript ADD =
      LuaScript.resource(ScriptCommitsClusterIT.class, "counter_add.lua");
  private static final int COUNTERS = 50;
  private static final int MOVES = 6;

  private final Lifecycle lifecycle = new Lifecycle();

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @ParameterizedTest
  @EnumSource
  void eachCallGoesToItsOwnersAndFollowsASlotThatMoves(TestStore store) {
    RedisCluster cluster = lifecycle.own(RedisCluster.start(store.program()));
    RedisConfig config = new RedisConfig(HostPort.parse(cluster.addresses().getFirst()), "");
    ScriptCommits commits =
        lifecycle.own(
            ScriptCommits.open(config, "test", NodeContext.of(new NodeId("cluster-test"))));
    AtomicBoolean moving = new AtomicBoolean(true);
    AtomicLong rounds = new AtomicLong();
    int slot = Primaries.slot(key(1));

    CompletableFuture<Void> counting =
        CompletableFuture.runAsync(
            () -> {
              while (moving.get()) {
                assertThat(commits.run(adds())).containsOnly(rounds.get() + 1);
                rounds.incrementAndGet();
              }
            },
            task -> Thread.ofVirtual().start(task));
    for (int i = 0; i < MOVES; i++) {
      long before = rounds.get();
      Eventually.holds("it counts on", () -> rounds.get() > before + 1 || counting.isDone());
      RedisServer from = owner(cluster);
      RedisServer to = cluster.nodes().get((cluster.nodes().indexOf(from) + 1) % 3);
      cluster.moveSlot(slot, from, to);
    }
    moving.set(false);
    counting.join();

    assertThat(commits.run(adds())).hasSize(COUNTERS).containsOnly(rounds.get() + 1);
    assertThat(commits.incarnation()).as("moves were noticed").isGreaterThan(3);
  }

  private static RedisServer owner(RedisCluster cluster) {
    return cluster.nodes().stream()
        .filter(
            node -> {
              try (Jedis client = new Jedis("127.0.0.1", node.port())) {
                client.exists(key(1));
                return true;
              } catch (redis.clients.jedis.exceptions.JedisRedirectionException elsewhere) {
                return false;
              }
            })
        .findFirst()
        .orElseThrow();
  }

  private static List<ScriptCall> adds() {
    return new ArrayList<>(
        IntStream.rangeClosed(1, COUNTERS)
            .mapToObj(i -> new ScriptCall(ADD, List.of(key(i)), List.of("1".getBytes(UTF_8))))
            .toList());
  }

  private static byte[] key(int number) {
    return ("{c" + number + "}counter").getBytes(UTF_8);
  }
}
