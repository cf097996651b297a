package parley.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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
import parley.relay.AppendOutcome;
import parley.relay.Body;
import parley.relay.Draft;
import parley.relay.LogAnswer;
import parley.relay.LogEntry;
import parley.relay.LogRequest;
import parley.testing.TestRedis;

/// One fixed batch, and the connection cut once at each of its bytes, on the way there and back.
class EveryByteCutIT {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_000L);
  private static final int TEXTS = 2;

  private final Lifecycle lifecycle = new Lifecycle();
  private final List<SessionId> sessions =
      List.of(
          SessionId.random(RandomGenerator.getDefault()),
          SessionId.random(RandomGenerator.getDefault()));
  private RedisAppendLog log;
  private int batches;

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @Test
  void eachTextIsStoredOnceAndInOrderAtWhicheverByteTheConnectionIsCut() {
    CuttingProxy proxy = lifecycle.own(new CuttingProxy(HostPort.parse(TestRedis.shared())));
    log =
        lifecycle.own(
            RedisAppendLog.open(
                new RedisConfig(proxy.address(), TestRedis.prefix()),
                new LogRetention(
                    1_000_000, 64, LogRetention.DEFAULTS.life(), LogRetention.DEFAULTS.life()),
                NodeContext.of(new NodeId("node-1"))));
    for (SessionId session : sessions) {
      log.run(
          List.of(
              new LogRequest.Open(session, 7, 2, null),
              new LogRequest.Attach(session, 1, new NodeId("node-1"), null)));
    }
    runBatch();
    long upBefore = proxy.up.get();
    long downBefore = proxy.down.get();
    runBatch();
    long up = proxy.up.get() - upBefore;
    long down = proxy.down.get() - downBefore;

    cutAtEach(up, proxy.upLeft);
    cutAtEach(down, proxy.downLeft);

    System.out.printf("cut at each of %d bytes up and %d bytes down%n", up, down);
    assertThat(proxy.cuts.get()).isEqualTo((int) (up + down));
    for (SessionId session : sessions) {
      List<LogEntry> entries =
          ((LogAnswer.Page) log.run(List.of(new LogRequest.Read(session, 1, 1_000_000))).getFirst())
              .entries();
      List<Long> all = IntStream.rangeClosed(1, TEXTS * batches).mapToObj(Long::valueOf).toList();
      assertThat(entries).extracting(LogEntry::sequence).isEqualTo(all);
      assertThat(entries).extracting(LogEntry::offset).isEqualTo(all);
    }
  }

  /// A cut after the last byte of a direction falls on the next batch's first.
  private void cutAtEach(long bytes, AtomicLong left) {
    for (long at = 1; at <= bytes; at++) {
      left.set(at);
      runBatch();
    }
    left.set(Long.MAX_VALUE);
  }

  private void runBatch() {
    batches++;
    List<LogRequest> requests = new ArrayList<>();
    for (SessionId session : sessions) {
      List<Draft> drafts = new ArrayList<>();
      for (int i = 1; i <= TEXTS; i++) {
        long sequence = (long) TEXTS * (batches - 1) + i;
        Body body = Body.of("a text of some length".getBytes(StandardCharsets.UTF_8));
        drafts.add(new Draft(1, 1, sequence, check(sequence), NOW, body));
      }
      requests.add(new LogRequest.Append(session, drafts));
    }
    for (LogAnswer answer : log.run(requests)) {
      for (AppendOutcome outcome : ((LogAnswer.Appended) answer).outcomes()) {
        assertThat(checkOf(outcome)).as("stored here, at whichever try").isGreaterThan(1 << 30);
      }
    }
  }

  private static int check(long sequence) {
    return (1 << 30) + (int) sequence;
  }

  private static int checkOf(AppendOutcome outcome) {
    return switch (outcome) {
      case AppendOutcome.Stored(var position, var _) -> position.check();
      case AppendOutcome.Duplicate(var position) -> position.orElseThrow().check();
      case AppendOutcome.OutOfOrder _,
          AppendOutcome.ContentDiffers _,
          AppendOutcome.StaleAttachment _,
          AppendOutcome.NotOpen _ ->
          throw new AssertionError(outcome);
    };
  }
}
