package parley.platform.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.CorrelationId;

/// Nothing but the closed list leaves a server. A status without our `ErrorInfo`, and anything
/// thrown while a call starts or in one of its callbacks, becomes INTERNAL with the correlation id;
/// the cause goes to the log. A call that lacks its one message is INVALID_ARGUMENT; a call that
/// its caller has cancelled hears nothing anyway, and may be closed with anything. Closes a call
/// once; after a failure the handler hears `onCancel` and nothing more.
final class ErrorBoundary implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorBoundary.class);

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    GuardedCall<Q, S> guarded = new GuardedCall<>(call, Correlation.current());
    try {
      return new GuardedListener<>(next.startCall(guarded, headers), guarded);
    } catch (Throwable thrown) {
      guarded.fail(thrown);
      return new ServerCall.Listener<>() {};
    }
  }

  /// Closes once, and only with what may leave. Threads: as gRPC allows, one writer; `fail` may
  /// come from another.
  private static final class GuardedCall<Q, S> extends SimpleForwardingServerCall<Q, S> {
    private final CorrelationId correlation;
    private final AtomicBoolean closed = new AtomicBoolean();

    GuardedCall(ServerCall<Q, S> call, CorrelationId correlation) {
      super(call);
      this.correlation = correlation;
    }

    @Override
    public void sendMessage(S message) {
      if (!closed.get()) {
        super.sendMessage(message);
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (!closed.compareAndSet(false, true)) {
        return;
      }
      if (isCancelled() || mayLeave(status, trailers)) {
        super.close(status, trailers);
      } else if (isMisshapen(status)) {
        StatusRuntimeException invalid =
            Failures.invalid("message", "not one message", "one message, then the end");
        super.close(invalid.getStatus(), orNone(trailersOf(invalid)));
      } else {
        closeInternal(status.getCode() + " without ErrorInfo", status.getCause());
      }
    }

    void fail(Throwable thrown) {
      if (!closed.compareAndSet(false, true)) {
        return;
      }
      Metadata trailers = trailersOf(thrown);
      if (trailers != null && Failures.isOurs(trailers)) {
        super.close(Status.fromThrowable(thrown), trailers);
      } else {
        closeInternal("uncaught", thrown);
      }
    }

    private void closeInternal(String what, @Nullable Throwable cause) {
      LOG.atError()
          .setCause(cause)
          .addKeyValue("correlation", correlation)
          .addKeyValue("method", getMethodDescriptor().getFullMethodName())
          .log("internal error: {}", what);
      StatusRuntimeException internal = Failures.internal(correlation);
      super.close(internal.getStatus(), orNone(trailersOf(internal)));
    }

    /// What grpc's own handlers say when a call of one message has none or several.
    private static boolean isMisshapen(Status status) {
      String said = String.valueOf(status.getDescription());
      return status.getCode() == Status.Code.INTERNAL
          && status.getCause() == null
          && (said.equals("Half-closed without a request") || said.startsWith("Too many requests"));
    }

    private static Metadata orNone(@Nullable Metadata trailers) {
      return trailers == null ? new Metadata() : trailers;
    }

    private static boolean mayLeave(Status status, Metadata trailers) {
      return status.isOk() || Failures.isOurs(trailers);
    }

    private static @Nullable Metadata trailersOf(Throwable thrown) {
      return switch (thrown) {
        case StatusRuntimeException ours -> ours.getTrailers();
        case StatusException ours -> ours.getTrailers();
        default -> null;
      };
    }
  }

  private static final class GuardedListener<Q, S> extends SimpleForwardingServerCallListener<Q> {
    private final GuardedCall<Q, S> call;
    private boolean failed;

    GuardedListener(ServerCall.Listener<Q> delegate, GuardedCall<Q, S> call) {
      super(delegate);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      guard(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      guard(super::onHalfClose);
    }

    @Override
    public void onReady() {
      guard(super::onReady);
    }

    @Override
    public void onCancel() {
      guard(super::onCancel);
    }

    @Override
    public void onComplete() {
      guard(super::onComplete);
    }

    private void guard(Runnable callback) {
      if (failed) {
        return;
      }
      try {
        callback.run();
      } catch (Throwable thrown) {
        failed = true;
        call.fail(thrown);
        tellHandler();
      }
    }

    private void tellHandler() {
      try {
        delegate().onCancel();
      } catch (Throwable thrown) {
        LOG.atDebug().setCause(thrown).log("handler failed again while it was told of its failure");
      }
    }
  }
}
