package parley.identity.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import parley.domain.NodeId;
import parley.identity.core.MemoryContract;
import parley.identity.core.port.Remembered;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.RedisStore;
import parley.testing.Eventually;
import parley.testing.TestRedis;

class RedisMemoryIT extends MemoryContract {
  private final Lifecycle lifecycle = new Lifecycle();
  private final RedisConfig redis =
      new RedisConfig(HostPort.parse(TestRedis.shared()), TestRedis.prefix());

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @Override
  protected Remembered memory() {
    return lifecycle
        .own(RedisMemory.open(redis, NodeContext.of(new NodeId("identity-test"))))
        .remembered();
  }

  /// A key that is set now and fades after this time fades after everything set before for as long.
  @Override
  protected void pass(Duration time) {
    RedisCommands commands = new RedisCommands(lifecycle.own(RedisStore.open(redis)));
    byte[] marker = (redis.prefix() + "marker").getBytes(UTF_8);
    commands.mark(marker, time);
    Eventually.holds("the marker has faded", () -> !commands.exists(marker));
  }
}
