package parley.session.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.relay.Bucket;
import parley.relay.Outbox;
import parley.relay.OutboxEntry;
import parley.relay.OutboxPage;
import parley.relay.OutboxReader;
import parley.relay.redis.RedisOutbox;
import parley.relay.redis.RelayKeys;
import parley.testing.Eventually;
import parley.testing.TestRedis;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.XAddParams;

/// Two nodes that take turns at one bucket's outbox, each woken by what happens there alone: nobody
/// looks a second time.
class EntryTurnsIT {
  private static final OutboxReader READER =
      new OutboxReader("test", Set.of(OutboxEntry.Kind.SETTLE), Duration.ofMinutes(5));

  private final Lifecycle lifecycle = new Lifecycle();
  private final Bucket bucket = new Bucket(7);
  private final HostPort address = HostPort.parse(TestRedis.shared());
  private final RedisConfig config = new RedisConfig(address, TestRedis.prefix());
  private final Jedis redis = lifecycle.own(new Jedis(address.host(), address.port()));
  private final Node one = new Node("node-1");
  private final Node two = new Node("node-2");

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @Test
  void whoComesAfterAnothersTurnNeedNotWaitForItsLeaseToEnd() {
    SessionId first = write("settle");
    one.turns.soon(bucket);
    one.awaitDid(first);
    one.awaitReads(2);

    SessionId second = write("settle");
    two.turns.soon(bucket);
    two.awaitDid(second);
    two.awaitReads(2);

    SessionId third = write("settle");
    one.turns.soon(bucket);
    one.awaitDid(first, third);
  }

  @Test
  void whatIsWrittenDuringAnothersTurnIsDoneInThatTurn() {
    SessionId first = write("settle");
    one.mayGoOn.drainPermits();
    one.turns.soon(bucket);
    one.awaitBegun(first);

    SessionId second = write("settle");
    two.turns.soon(bucket);
    Eventually.holds("the second node has found the turn taken", () -> two.refused.get() == 1);
    one.mayGoOn.release(2);

    one.awaitDid(first, second);
    assertThat(two.begun).isEmpty();
  }

  @Test
  void whatOneNodeCannotDoAnotherMay() {
    SessionId entry = write("settle");
    one.mayGoOn.drainPermits();
    one.turns.soon(bucket);
    one.awaitBegun(entry);
    one.fails = true;
    one.mayGoOn.release();
    Eventually.holds("the first node has given up", () -> one.stopped.get() == 1);

    two.turns.soon(bucket);

    two.awaitDid(entry);
    assertThat(one.did).isEmpty();
  }

  @Test
  void whatIsOfNoConcernHoldsNobodyUp() {
    write("opened");
    one.turns.soon(bucket);
    one.awaitReads(1);
    SessionId entry = write("settle");
    two.turns.soon(bucket);

    two.awaitDid(entry);
  }

  private SessionId write(String what) {
    SessionId session = SessionId.random(RandomGenerator.getDefault());
    var _ =
        redis.xadd(
            new RelayKeys(config.prefix()).outbox(bucket),
            XAddParams.xAddParams(),
            Map.of(
                "what".getBytes(UTF_8),
                what.getBytes(UTF_8),
                "id".getBytes(UTF_8),
                session.bytes()));
    return session;
  }

  /// A node's turns, and what came of them.
  private final class Node implements Outbox {
    final List<SessionId> begun = new CopyOnWriteArrayList<>();
    final List<SessionId> did = new CopyOnWriteArrayList<>();
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger stopped = new AtomicInteger();
    final Semaphore mayGoOn = new Semaphore(1_000);
    final EntryTurns turns;
    private final Outbox redis;
    private volatile boolean fails;

    Node(String id) {
      redis = lifecycle.own(RedisOutbox.open(config, NodeContext.of(new NodeId(id))));
      turns = lifecycle.own(new EntryTurns(this, READER, this::act, new NodeId(id)));
    }

    private boolean act(OutboxEntry entry) {
      begun.add(entry.session());
      mayGoOn.acquireUninterruptibly();
      return !fails && did.add(entry.session());
    }

    void awaitBegun(SessionId... sessions) {
      Eventually.holds("it was begun", () -> begun.equals(List.of(sessions)));
    }

    void awaitDid(SessionId... sessions) {
      Eventually.holds("it was done, and in order", () -> did.equals(List.of(sessions)));
    }

    void awaitReads(int count) {
      Eventually.holds("it has read so often", () -> reads.get() == count);
    }

    @Override
    public Optional<OutboxPage> read(
        Bucket bucket, OutboxReader reader, @Nullable String after, List<String> done) {
      Optional<OutboxPage> page = redis.read(bucket, reader, after, done);
      (page.isPresent() ? reads : refused).incrementAndGet();
      return page;
    }

    @Override
    public void stop(Bucket bucket, OutboxReader reader, List<String> done) {
      redis.stop(bucket, reader, done);
      stopped.incrementAndGet();
    }

    @Override
    public void close() {
      turns.close();
    }
  }
}
