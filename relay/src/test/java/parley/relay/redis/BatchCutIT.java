package parley.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
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

/// The connection to Redis is cut at many places of a batch, on the way there and back: nothing is
/// lost, doubled or reordered, and every text is acknowledged once.
class BatchCutIT {
  private static final int CUTS = 120;
  private static final int SESSIONS = 4;
  private static final int TEXTS_A_CUT = 3;

  private final Lifecycle lifecycle = new Lifecycle();

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @Test
  void everyTextIsStoredOnceAndInOrderWhereverTheConnectionIsCut() {
    CuttingProxy proxy = lifecycle.own(new CuttingProxy(HostPort.parse(TestRedis.shared())));
    RedisConfig config = new RedisConfig(proxy.address(), TestRedis.prefix());
    NodeContext context = NodeContext.of(new NodeId("node-1"));
    Relay relay =
        lifecycle.own(
            Relay.start(
                context,
                RedisAppendLogs.open(config, LogRetention.DEFAULTS, context),
                RelayCasts.nobodyElse(),
                RelayLimits.DEFAULTS));
    List<RelayCasts> casts = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      casts.add(new RelayCasts(relay, SessionId.random(RandomGenerator.getDefault())));
    }
    SplittableRandom random = new SplittableRandom(20261121);

    for (int cut = 1; cut <= CUTS; cut++) {
      (cut % 2 == 0 ? proxy.upLeft : proxy.downLeft).set(random.nextLong(1, 900));
      casts.forEach(cast -> cast.say(TEXTS_A_CUT));
      casts.forEach(RelayCasts::awaitAnswers);
    }
    proxy.upLeft.set(Long.MAX_VALUE);
    proxy.downLeft.set(Long.MAX_VALUE);

    assertThat(proxy.cuts.get()).as("cuts that hit a batch").isGreaterThan(CUTS / 2);
    int all = CUTS * TEXTS_A_CUT;
    for (RelayCasts cast : casts) {
      cast.awaitDelivered(all);
      assertThat(cast.acknowledgedOnce()).isEqualTo(all);
      assertThat(cast.heard())
          .extracting(LogEntry::sequence)
          .isEqualTo(IntStream.rangeClosed(1, all).mapToObj(Long::valueOf).toList());
      assertThat(cast.heard())
          .extracting(LogEntry::offset)
          .isEqualTo(IntStream.rangeClosed(1, all).mapToObj(Long::valueOf).toList());
      assertThat(cast.resets()).isEmpty();
    }
  }
}
