package parley.match.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.match.core.TicketBuilder.ticket;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.domain.Cohort;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.match.core.Acceptance;
import parley.match.core.MatchTimes;
import parley.match.core.OwnerNews;
import parley.match.core.Pairing;
import parley.match.core.Sign;
import parley.match.core.Ticket;
import parley.match.core.port.PoolUnavailable;
import parley.platform.config.HostPort;
import parley.platform.discovery.LeaseTimes;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.ScriptQueue;
import parley.testing.Eventually;

/// A node that has much to do, or whose connections break, keeps its lease and tells its tickets no
/// more than was said.
class BusyOwnerIT {
  private static final LeaseTimes QUICK =
      new LeaseTimes(Duration.ofMillis(800), Duration.ofMillis(80));

  private static final LeaseTimes QUIET =
      new LeaseTimes(Duration.ofHours(1), Duration.ofMinutes(9));

  private final RandomGenerator random = new SplittableRandom(1);
  private final Lifecycle lifecycle = new Lifecycle();
  private final RedisServer redis = lifecycle.own(RedisServer.start(RedisOptions.fleeting()));
  private final HoldingProxy proxy =
      lifecycle.own(new HoldingProxy(HostPort.parse(redis.address())));
  private final Pools pools = lifecycle.own(new Pools(proxy.address()));

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @Test
  void itsLeaseIsKeptWhileItsStepsAreStuckForLonger() {
    RedisMatch node = pools.node("match-1", MatchTimes.DEFAULT, QUICK);
    Ticket ticket = ticket().build();
    proxy.hold(ticket.participant().text());
    Thread stuck = Thread.ofVirtual().start(() -> arrives(node, ticket));
    long later = redisMicros() + QUICK.lease().toNanos() / 1_000;
    Eventually.holds("it beats when its lease would have been over", () -> lastBeat() > later);
    assertThat(stuck.isAlive()).as("its step is stuck still").isTrue();
    proxy.release();
  }

  @Test
  void itBeatsOnWhileItsTicketsEnterAgainAndLooksOnceMoreAfterIt() {
    CountDownLatch mayEnter = new CountDownLatch(1);
    AtomicInteger entered = new AtomicInteger();
    RedisMatch node = pools.node("match-1", MatchTimes.DEFAULT, QUICK);
    node.tell(
        _ -> {},
        _ -> {
          try {
            mayEnter.await();
          } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
          }
          entered.incrementAndGet();
        });
    loseLease();
    Eventually.holds("it holds its lease again", () -> leaseTill() > redisMicros());
    long since = lastBeat();
    Eventually.holds("it beats on", () -> lastBeat() > since);
    assertThat(entered).hasValue(0);
    loseLease();
    Eventually.holds("it holds its lease again", () -> leaseTill() > redisMicros());
    long again = lastBeat();
    Eventually.holds("it beats on", () -> lastBeat() > again);
    mayEnter.countDown();
    Eventually.holds("its tickets entered twice", () -> entered.get() == 2);
  }

  @Test
  void aLapseIsHeardOfOnceThoughTheFirstAnswerWasLost() {
    AtomicInteger entered = new AtomicInteger();
    RedisMatch node = pools.node("match-1", MatchTimes.DEFAULT, QUIET);
    node.tell(_ -> {}, _ -> entered.incrementAndGet());
    loseLease();
    beatForNobody();
    for (int i = 1; i <= 3; i++) {
      long before = lastBeat();
      node.refillSoon();
      Eventually.holds("it beats", () -> lastBeat() > before);
    }
    Eventually.holds("its tickets enter again", () -> entered.get() > 0);
    loseLease();
    node.refillSoon();
    Eventually.holds("and again after the next lapse", () -> entered.get() > 1);
    assertThat(entered).hasValue(2);
  }

  /// Says for the node that it lives, and drops the answer.
  private void beatForNobody() {
    NodeContext context = NodeContext.of(new NodeId("match-1"));
    try (ScriptQueue queue = ScriptQueue.open(pools.redis(), context)) {
      var _ =
          new ScriptRunner(queue, new PoolMeters(context.meters()))
              .run(
                  MatchScripts.BEAT,
                  List.of(pools.key("nodes"), pools.key("in:" + owner())),
                  List.of(
                      owner(),
                      "match-1",
                      RedisTicketPool.micros(QUIET.lease()),
                      "generation00",
                      "600",
                      ""));
    }
  }

  @Test
  void aWishIsToldOnceThoughTheInboxIsReadAgain() {
    List<OwnerNews> news = new CopyOnWriteArrayList<>();
    RedisMatch node = pools.node("match-1");
    RedisMatch other = pools.node("match-2");
    node.tell(news::add, _ -> {});
    Ticket ticket = ticket().build();
    node.pool().arrive(ticket, pairing());
    other.pool().keep(Cohort.ADULT, ticket.participant(), ticket.id(), Sign.RELAX_NOW);
    Eventually.holds("it is told", () -> news.size() == 1);
    breakReading();
    other.pool().keep(Cohort.ADULT, ticket.participant(), ticket.id(), Sign.STILL_HERE);
    Eventually.holds("what was said later is told", () -> news.size() == 2);
    assertThat(news)
        .extracting(heard -> ((OwnerNews.Heard) heard).sign())
        .containsExactly(Sign.RELAX_NOW, Sign.STILL_HERE);
  }

  private void arrives(RedisMatch node, Ticket ticket) {
    try {
      var _ = node.pool().arrive(ticket, pairing());
    } catch (PoolUnavailable _) {
      // In the end it is.
    }
  }

  /// Cuts whoever waits for entries of a stream.
  private void breakReading() {
    pools
        .look()
        .clientList()
        .lines()
        .filter(client -> client.contains("cmd=xread"))
        .map(client -> client.replaceAll(".*\\baddr=(\\S+).*", "$1"))
        .forEach(pools.look()::clientKill);
  }

  private void loseLease() {
    String field = owner();
    String[] lease = pools.look().hget(pools.key("nodes"), field).split(" ", -1);
    lease[0] = "0".repeat(16);
    pools.look().hset(pools.key("nodes"), field, String.join(" ", lease));
  }

  private String owner() {
    return pools.look().hgetAll(pools.key("nodes")).entrySet().stream()
        .filter(field -> field.getValue().endsWith(" match-1"))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private long leaseTill() {
    return Long.parseLong(pools.look().hget(pools.key("nodes"), owner()).split(" ", -1)[0]);
  }

  private long lastBeat() {
    return Long.parseLong(pools.look().hget(pools.key("nodes"), owner()).split(" ", -1)[1]);
  }

  private long redisMicros() {
    List<String> time = pools.look().time();
    return Long.parseLong(time.getFirst()) * 1_000_000 + Long.parseLong(time.getLast());
  }

  private Pairing pairing() {
    return new Pairing(SessionId.random(random), Acceptance.AT_ONCE);
  }
}
