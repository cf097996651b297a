package parley.platform.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.NodeId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.testing.Eventually;
import parley.testing.TestRedis;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

class NoticesIT {
  private final Lifecycle lifecycle = new Lifecycle();
  private final HostPort address = HostPort.parse(TestRedis.shared());
  private final RedisConfig config = new RedisConfig(address, TestRedis.prefix());
  private final Ear ear = new Ear();

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @Test
  void noticesReachTheNodeTheyAreForInOrder() {
    Notices one = open("node-1");
    Ear other = new Ear();
    open("node-2").listen(ear);
    open("node-3").listen(other);
    Eventually.holds("both listen", () -> ear.missed.get() == 1 && other.missed.get() == 1);

    IntStream.range(0, 1_000).forEach(i -> publish(one, "node-2", "n" + i));
    publish(one, "node-3", "marker");

    Eventually.holds("all came", () -> ear.heard.size() == 1_000);
    assertThat(ear.heard).isEqualTo(IntStream.range(0, 1_000).mapToObj(i -> "n" + i).toList());
    Eventually.holds("the marker came", () -> other.heard.contains("marker"));
    assertThat(other.heard).containsExactly("marker");
  }

  @Test
  void aRenewedSubscriptionSaysThatSomethingMayHaveBeenMissed() {
    Notices one = open("node-1");
    open("node-2").listen(ear);
    Eventually.holds("it listens", () -> ear.missed.get() == 1);

    try (Jedis redis = new Jedis(address.host(), address.port())) {
      redis.clientKill(ClientKillParams.clientKillParams().type(ClientType.PUBSUB));
    }

    Eventually.holds("it listens again", () -> ear.missed.get() == 2);
    publish(one, "node-2", "after");
    Eventually.holds("it hears again", () -> ear.heard.contains("after"));
  }

  @Test
  void whatIsToldToNobodyIsLostInSilence() {
    Notices one = open("node-1");
    assertThat(one.publish(new NodeId("nobody"), new byte[] {1})).isTrue();

    open("node-2").listen(ear);
    Eventually.holds("it listens", () -> ear.missed.get() == 1);
    publish(one, "node-2", "marker");

    Eventually.holds("the marker came", () -> ear.heard.contains("marker"));
  }

  private Notices open(String node) {
    return lifecycle.own(Notices.open(config, "test", NodeContext.of(new NodeId(node))));
  }

  private static void publish(Notices from, String to, String notice) {
    from.publish(new NodeId(to), notice.getBytes(StandardCharsets.UTF_8));
  }

  private static final class Ear implements NoticeListener {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger missed = new AtomicInteger();

    @Override
    public void noticed(byte[] notice) {
      heard.add(new String(notice, StandardCharsets.UTF_8));
    }

    @Override
    public void missed() {
      missed.incrementAndGet();
    }
  }
}
