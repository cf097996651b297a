package parley.platform.grpc;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Starts a call away from the event loop: for an interceptor that has something to check first.
/// What the caller sends in the meantime waits and is delivered in order; callbacks are never
/// concurrent.
///
/// Nothing much can wait: a call is asked for messages only once it has started.
public final class DeferredStart<Q> extends ServerCall.Listener<Q> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private ServerCall.@Nullable Listener<Q> started;
  private boolean live;

  private DeferredStart() {}

  /// Runs `start` on `threads`, in the call's context. What it throws ends the call, as if it had
  /// been thrown in an interceptor.
  ///
  /// @throws RejectedExecutionException if `threads` takes no more
  public static <Q, S> ServerCall.Listener<Q> start(
      ServerCall<Q, S> call, Executor threads, Supplier<ServerCall.Listener<Q>> start) {
    DeferredStart<Q> deferred = new DeferredStart<>();
    threads.execute(Context.current().wrap(() -> deferred.run(call, start)));
    return deferred;
  }

  @Override
  public void onMessage(Q message) {
    deliver(() -> delegate().onMessage(message));
  }

  @Override
  public void onHalfClose() {
    deliver(() -> delegate().onHalfClose());
  }

  @Override
  public void onCancel() {
    deliver(() -> delegate().onCancel());
  }

  @Override
  public void onComplete() {
    deliver(() -> delegate().onComplete());
  }

  @Override
  public void onReady() {
    deliver(() -> delegate().onReady());
  }

  /// The root of a task on a pool: everything thrown ends the call, through the error boundary
  /// around it.
  private <S> void run(ServerCall<Q, S> call, Supplier<ServerCall.Listener<Q>> start) {
    try {
      started = start.get();
      drain();
    } catch (Throwable thrown) {
      refuse();
      Metadata trailers = Status.trailersFromThrowable(thrown);
      call.close(Status.fromThrowable(thrown), trailers == null ? new Metadata() : trailers);
    }
  }

  private void deliver(Runnable callback) {
    lock.lock();
    try {
      if (!live) {
        waiting.add(callback);
        return;
      }
    } finally {
      lock.unlock();
    }
    callback.run();
  }

  private void drain() {
    for (Runnable next = nextOrLive(); next != null; next = nextOrLive()) {
      next.run();
    }
  }

  private @Nullable Runnable nextOrLive() {
    lock.lock();
    try {
      Runnable next = waiting.poll();
      live = next == null;
      return next;
    } finally {
      lock.unlock();
    }
  }

  /// Whatever still comes goes nowhere.
  private void refuse() {
    lock.lock();
    try {
      started = new ServerCall.Listener<>() {};
      waiting.clear();
      live = true;
    } finally {
      lock.unlock();
    }
  }

  private ServerCall.Listener<Q> delegate() {
    ServerCall.Listener<Q> listener = started;
    if (listener == null) {
      throw new IllegalStateException("callback before the call has started");
    }
    return listener;
  }
}
