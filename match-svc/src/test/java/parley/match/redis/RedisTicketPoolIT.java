package parley.match.redis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
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

class RedisTicketPoolIT extends CompanionContract {
  private final RedisConfig redis =
      new RedisConfig(HostPort.parse(TestRedis.shared()), TestRedis.prefix());
  private final List<OwnerNews> news = new CopyOnWriteArrayList<>();
  private final RedisMatch here = open("match-1");
  private final RedisMatch there = open("match-2");

  RedisTicketPoolIT() {
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
        redis, MatchTimes.DEFAULT, LeaseTimes.DEFAULT, NodeContext.of(new NodeId(node)));
  }
}
