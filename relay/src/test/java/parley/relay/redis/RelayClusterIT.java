package parley.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.backing.RedisCluster;
import parley.backing.RedisServer;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.relay.LogEntry;
import parley.relay.Relay;
import parley.relay.RelayCasts;
import parley.relay.RelayLimits;
import parley.testing.Eventually;
import parley.testing.TestStore;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.util.JedisClusterCRC16;

/// One relay over three primaries.
class RelayClusterIT {
  private static final int SESSIONS = 30;
  private static final int MOVES = 6;

  private final Lifecycle lifecycle = new Lifecycle();
  private final RelayKeys keys = new RelayKeys("");
  private RedisCluster cluster;
  private Relay relay;

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @ParameterizedTest
  @EnumSource
  void aBucketMovesWhilePeopleTalk(TestStore store) {
    start(store);
    List<SessionId> sessions = sessions();
    List<RelayCasts> casts = casts(sessions);
    Set<String> owners = new HashSet<>();
    sessions.forEach(session -> owners.add(owner(session).address()));
    int texts = 0;

    for (int move = 0; move < MOVES; move++) {
      RedisServer from = owner(sessions.getFirst());
      RedisServer to = cluster.nodes().get((cluster.nodes().indexOf(from) + 1) % 3);
      Thread moving =
          Thread.startVirtualThread(() -> cluster.moveSlot(slot(sessions.getFirst()), from, to));
      do {
        texts += 5;
        casts.forEach(cast -> cast.say(5));
        casts.forEach(RelayCasts::awaitAnswers);
      } while (moving.isAlive());
    }

    assertThat(owners).as("every primary has sessions").hasSize(3);
    for (RelayCasts cast : casts) {
      cast.awaitDelivered(texts);
      assertThat(cast.acknowledgedOnce()).isEqualTo(texts);
      assertThat(cast.heard())
          .extracting(LogEntry::sequence)
          .isEqualTo(IntStream.rangeClosed(1, texts).mapToObj(Long::valueOf).toList());
      assertThat(cast.resets()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPrimaryThatIsAwayStopsOnlyItsOwnSessions(TestStore store) {
    start(store);
    List<SessionId> sessions = sessions();
    List<RelayCasts> casts = casts(sessions);
    RedisServer away = owner(sessions.getFirst());
    List<RelayCasts> its = new ArrayList<>();
    List<RelayCasts> others = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      (owner(sessions.get(i)) == away ? its : others).add(casts.get(i));
    }

    away.freeze();
    its.forEach(cast -> cast.say(1));
    others.forEach(cast -> cast.say(3));

    others.forEach(cast -> cast.awaitDelivered(3));
    assertThat(its).noneMatch(RelayCasts::hasEnded);
    Eventually.holds(
        "the streams of the other primary end",
        Duration.ofSeconds(25),
        () -> its.stream().allMatch(RelayCasts::hasEnded));
    assertThat(others).noneMatch(RelayCasts::hasEnded);
  }

  private void start(TestStore store) {
    cluster = lifecycle.own(RedisCluster.start(store.program()));
    RedisConfig config = new RedisConfig(HostPort.parse(cluster.addresses().getFirst()), "");
    NodeContext context = NodeContext.of(new NodeId("node-1"));
    relay =
        lifecycle.own(
            Relay.start(
                context,
                RedisAppendLogs.open(config, LogRetention.DEFAULTS, context),
                RelayCasts.nobodyElse(),
                RelayLimits.DEFAULTS));
  }

  private static List<SessionId> sessions() {
    return IntStream.range(0, SESSIONS)
        .mapToObj(_ -> SessionId.random(RandomGenerator.getDefault()))
        .toList();
  }

  private List<RelayCasts> casts(List<SessionId> sessions) {
    List<RelayCasts> casts = new ArrayList<>();
    sessions.forEach(session -> casts.add(new RelayCasts(relay, session)));
    return casts;
  }

  private int slot(SessionId session) {
    return JedisClusterCRC16.getSlot(keys.state(session));
  }

  private RedisServer owner(SessionId session) {
    return cluster.nodes().stream().filter(node -> has(node, session)).findFirst().orElseThrow();
  }

  private boolean has(RedisServer node, SessionId session) {
    try (Jedis client = new Jedis("127.0.0.1", node.port())) {
      return client.exists(keys.state(session));
    } catch (JedisRedirectionException elsewhere) {
      return false;
    }
  }
}
