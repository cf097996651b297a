package parley.platform.grpc;

import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.NotQueued;
import parley.platform.redis.RedisRefusal;
import parley.platform.redis.RedisUnknown;

/// Answers unary calls on virtual threads, in the caller's context, never more than a fixed number
/// at once: what handlers on a direct executor use so that they may block.
public final class UnaryCalls implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UnaryCalls.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final ExecutorService threads;
  private final Semaphore permits;

  public UnaryCalls(int limit, NodeContext context) {
    this.threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name(context.id() + "-unary-", 0).factory());
    this.permits = new Semaphore(limit);
  }

  /// Runs the call and sends its value, or what it threw, to the caller. Refuses with `exhausted`
  /// when too many run.
  public <R> void answer(StreamObserver<R> caller, Supplier<R> call) {
    if (!permits.tryAcquire()) {
      throw Failures.exhausted("concurrent_calls", RETRY_AFTER);
    }
    try {
      threads.execute(Context.current().wrap(() -> run(caller, call)));
    } catch (RuntimeException notStarted) {
      permits.release();
      throw notStarted;
    }
  }

  /// The root of a virtual thread: whatever is thrown goes to the caller, through the error
  /// boundary. Redis away, or without room, passes: `unavailable`; too many who wait for it:
  /// `exhausted`.
  private <R> void run(StreamObserver<R> caller, Supplier<R> call) {
    try {
      R answer = call.get();
      caller.onNext(answer);
      caller.onCompleted();
    } catch (RedisUnknown away) {
      LOG.atWarn().setCause(away).log("no answer from Redis, the caller is asked to try again");
      tell(caller, Failures.unavailable());
    } catch (RedisRefusal refused) {
      LOG.atError().setCause(refused).log("Redis refuses, the caller is asked to try again");
      tell(caller, Failures.unavailable());
    } catch (NotQueued tooMany) {
      LOG.atWarn().setCause(tooMany).log("too much waits for Redis, the caller is asked to wait");
      tell(caller, Failures.exhausted("redis_queue", RETRY_AFTER));
    } catch (Throwable thrown) {
      tell(caller, thrown);
    } finally {
      permits.release();
    }
  }

  private static <R> void tell(StreamObserver<R> caller, Throwable thrown) {
    try {
      caller.onError(thrown);
    } catch (StatusRuntimeException | IllegalStateException gone) {
      LOG.atDebug().setCause(gone).log("caller gone before the answer");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
