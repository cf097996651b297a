package parley.match.redis;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import parley.domain.Cohort;
import parley.domain.NodeId;
import parley.match.core.CompanionContract;
import parley.match.core.MatchTimes;
import parley.match.core.OwnerNews;
import parley.match.core.port.TicketPool;
import parley.platform.config.HostPort;
import parley.platform.discovery.LeaseTimes;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.testing.TestRedis;
import parley.testing.TestRedisCluster;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/// Every script as it is, on the master of a cluster where the adults' keys lie: a key outside the
/// hash tag would be refused.
class ClusterTicketPoolIT extends CompanionContract {
  private final RedisConfig redis = new RedisConfig(home(), TestRedis.prefix());
  private final List<OwnerNews> news = new CopyOnWriteArrayList<>();
  private final RedisMatch here = open("match-1");
  private final RedisMatch there = open("match-2");

  ClusterTicketPoolIT() {
    here.tell(news::add, _ -> {});
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  @Override
  protected TicketPool here() {
    return here.pool();
  }

  @Override
  protected TicketPool there() {
    return there.pool();
  }

  @Override
  protected List<OwnerNews> newsHere() {
    return news;
  }

  private RedisMatch open(String node) {
    return RedisMatch.open(
        redis,
        MatchTimes.DEFAULT,
        LeaseTimes.DEFAULT,
        NodeContext.of(new NodeId(node)),
        Set.of(Cohort.ADULT));
  }

  private static HostPort home() {
    return TestRedisCluster.shared().stream()
        .map(HostPort::parse)
        .filter(ClusterTicketPoolIT::holdsTheAdults)
        .findFirst()
        .orElseThrow();
  }

  private static boolean holdsTheAdults(HostPort node) {
    try (Jedis jedis = new Jedis(node.host(), node.port())) {
      jedis.exists("{m18}nodes");
      return true;
    } catch (JedisMovedDataException elsewhere) {
      return false;
    }
  }
}
