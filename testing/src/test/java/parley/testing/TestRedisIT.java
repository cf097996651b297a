package parley.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;

class TestRedisIT {
  @Test
  void oneServerIsSharedAndPrefixesKeepTestsApart() {
    assertThat(TestRedis.shared()).isEqualTo(TestRedis.shared()).endsWith(":" + TestRedis.port());
    String mine = TestRedis.prefix();
    String yours = TestRedis.prefix();
    try (RedisClient redis = RedisClient.create(HostAndPort.from(TestRedis.shared()))) {
      redis.set(mine + "key", "mine");
      assertThat(redis.get(yours + "key")).isNull();
      assertThat(redis.get(mine + "key")).isEqualTo("mine");
    }
  }

  @Test
  void aClusterTakesKeysOfEverySlot() {
    String prefix = TestRedis.prefix();
    try (RedisClusterClient redis =
        RedisClusterClient.builder()
            .nodes(
                TestRedisCluster.shared().stream()
                    .map(HostAndPort::from)
                    .collect(java.util.stream.Collectors.toSet()))
            .build()) {
      for (int i = 0; i < 30; i++) {
        redis.set(prefix + i, Integer.toString(i));
      }
      assertThat(redis.get(prefix + 17)).isEqualTo("17");
      assertThat(redis.getClusterNodes()).hasSize(3);
    }
  }

  @Test
  void aConditionThatNeverHoldsFailsWithItsSentence() {
    assertThatThrownBy(
            () -> Eventually.holds("the moon is full", Duration.ofMillis(50), () -> false))
        .isInstanceOf(ConditionTimeoutException.class)
        .hasMessageContaining("the moon is full");
  }
}
