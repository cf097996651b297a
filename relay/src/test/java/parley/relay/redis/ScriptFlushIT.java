package parley.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
import parley.testing.TestRedis;
import redis.clients.jedis.Jedis;

/// `SCRIPT FLUSH` while batches of two nodes are on their way: whichever of a batch's calls find
/// their script gone, nothing is lost, doubled or reordered, and every text is acknowledged once.
class ScriptFlushIT {
  private static final int ROUNDS = 150;
  private static final int SESSIONS_A_NODE = 4;
  private static final int TEXTS_A_ROUND = 4;

  private final Lifecycle lifecycle = new Lifecycle();

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @Test
  void everyTextIsStoredOnceAndInOrderWhenScriptsAreFlushedUnderIt() {
    HostPort where = HostPort.parse(TestRedis.shared());
    RedisConfig config = new RedisConfig(where, TestRedis.prefix());
    List<RelayCasts> casts = new ArrayList<>();
    for (String node : List.of("node-1", "node-2")) {
      Relay relay = relay(config, NodeContext.of(new NodeId(node)));
      for (int i = 0; i < SESSIONS_A_NODE; i++) {
        casts.add(new RelayCasts(relay, SessionId.random(RandomGenerator.getDefault())));
      }
    }
    Jedis operator = lifecycle.own(new Jedis(where.host(), where.port()));

    for (int round = 0; round < ROUNDS; round++) {
      casts.forEach(cast -> cast.say(TEXTS_A_ROUND));
      operator.scriptFlush();
      casts.forEach(RelayCasts::awaitAnswers);
    }

    int all = ROUNDS * TEXTS_A_ROUND;
    List<Long> numbers = IntStream.rangeClosed(1, all).mapToObj(Long::valueOf).toList();
    for (RelayCasts cast : casts) {
      cast.awaitDelivered(all);
      assertThat(cast.acknowledgedOnce()).isEqualTo(all);
      assertThat(cast.heard()).extracting(LogEntry::sequence).isEqualTo(numbers);
      assertThat(cast.heard()).extracting(LogEntry::offset).isEqualTo(numbers);
      assertThat(cast.resets()).isEmpty();
      assertThat(cast.hasEnded()).isFalse();
    }
  }

  private Relay relay(RedisConfig config, NodeContext context) {
    return lifecycle.own(
        Relay.start(
            context,
            RedisAppendLogs.open(config, LogRetention.DEFAULTS, context),
            RelayCasts.nobodyElse(),
            RelayLimits.DEFAULTS));
  }
}
