package parley.identity.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.domain.FamilyId;
import parley.domain.NodeId;
import parley.platform.auth.RevocationStream;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.testing.TestRedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

class RedisRevocationLogIT {
  private static final int MANY = 1000;

  private final RedisConfig redis =
      new RedisConfig(HostPort.parse(TestRedis.shared()), TestRedis.prefix());
  private final String stream = RevocationStream.key(redis);

  /// Redis drops whole nodes of a stream alone (here 100 entries or less), so a few may stay.
  @Test
  void whatMattersNoMoreIsDroppedWhenSomethingIsAppended() {
    try (RedisClient client = RedisClient.create(redis.address().host(), redis.address().port());
        RedisMemory memory = RedisMemory.open(redis, NodeContext.of(new NodeId("identity-test")))) {
      long old = System.currentTimeMillis() - RevocationStream.KEPT.plusMinutes(1).toMillis();
      fill(client, old);
      long recent = System.currentTimeMillis() - RevocationStream.KEPT.minusMinutes(1).toMillis();
      client.xadd(stream, Map.of("r", "kept"), id(recent));

      memory.remembered().revocations().revoke(FamilyId.random(new SecureRandom()));

      assertThat(client.xlen(stream)).isLessThan(MANY / 2);
      assertThat(client.xrange(stream, new StreamEntryID(recent), null)).hasSize(2);
    }
  }

  private void fill(RedisClient client, long fromMillis) {
    try (Pipeline pipeline = client.pipelined()) {
      for (int i = 0; i < MANY; i++) {
        pipeline.xadd(stream, Map.of("r", "old"), id(fromMillis + i));
      }
    }
  }

  private static XAddParams id(long millis) {
    return XAddParams.xAddParams().id(new StreamEntryID(millis));
  }
}
