package parley.client.web;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One gRPC-Web call, as grpc-java sees a call. One message up; bytes are asked from the connection
/// only while the caller has asked for messages, so a slow caller slows the server and nobody else.
///
/// State is touched by tasks of `steps` alone; the caller's listener hears on its own executor.
final class WebCall<Q, R> extends ClientCall<Q, R> implements WebExchange.Listener {
  private static final int MAX_FRAME_BYTES = 4 * 1024 * 1024;

  private final MethodDescriptor<Q, R> method;
  private final CallOptions options;
  private final WebExchange exchange;
  private final WebChannel.WebThreads threads;
  private final Executor steps;
  private final Executor callbacks;
  private final FrameReader frames = new FrameReader(MAX_FRAME_BYTES);
  private final ArrayDeque<ByteString> messages = new ArrayDeque<>();

  private @Nullable Listener<R> listener;
  private Metadata headers = new Metadata();
  private byte[] framed = new byte[0];
  private @Nullable ScheduledFuture<?> due;
  private int demand;
  private boolean pieceAsked;
  private boolean open;
  private @Nullable Trailers ending;
  private int httpStatus;
  private boolean closed;

  WebCall(
      MethodDescriptor<Q, R> method,
      CallOptions options,
      WebExchange exchange,
      WebChannel.WebThreads threads) {
    this.method = method;
    this.options = options;
    this.exchange = exchange;
    this.threads = threads;
    this.steps = MoreExecutors.newSequentialExecutor(threads.calls());
    Executor own = options.getExecutor();
    this.callbacks = MoreExecutors.newSequentialExecutor(own == null ? threads.calls() : own);
  }

  @Override
  public void start(Listener<R> responseListener, Metadata requestHeaders) {
    if (!method.getType().clientSendsOneMessage()) {
      throw new IllegalArgumentException(
          method.getFullMethodName() + " streams upwards, which gRPC-Web cannot carry");
    }
    headers = requestHeaders;
    steps.execute(() -> listener = responseListener);
    Deadline deadline = options.getDeadline();
    if (deadline != null) {
      due = deadline.runOnExpiration(() -> steps.execute(this::tooLate), threads.deadlines());
    }
  }

  @Override
  public void sendMessage(Q message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[FrameReader.PREFIX_BYTES]);
    try (InputStream serialized = method.streamRequest(message)) {
      serialized.transferTo(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    framed = bytes.toByteArray();
    ByteBuffer.wrap(framed).putInt(1, framed.length - FrameReader.PREFIX_BYTES);
  }

  @Override
  public void halfClose() {
    byte[] message = framed;
    steps.execute(
        () -> {
          if (!closed) {
            exchange.send(
                method.getFullMethodName(), headers, options.getDeadline(), message, this);
          }
        });
  }

  @Override
  public void request(int count) {
    steps.execute(
        () -> {
          demand += count;
          pump();
        });
  }

  @Override
  public void cancel(@Nullable String message, @Nullable Throwable cause) {
    steps.execute(() -> abort(Status.CANCELLED.withDescription(message).withCause(cause)));
  }

  @Override
  public void headers(HttpResponse.ResponseInfo head) {
    steps.execute(() -> readHeaders(head));
  }

  @Override
  public void open() {
    steps.execute(
        () -> {
          open = true;
          pump();
        });
  }

  @Override
  public void piece(List<ByteBuffer> bytes) {
    steps.execute(() -> readPiece(bytes));
  }

  @Override
  public void complete() {
    steps.execute(this::bodyEnded);
  }

  @Override
  public void broken(Throwable fault) {
    steps.execute(
        () -> close(Status.UNAVAILABLE.withDescription("the connection broke").withCause(fault)));
  }

  /// A reply without messages may carry its status in the HTTP headers.
  private void readHeaders(HttpResponse.ResponseInfo head) {
    httpStatus = head.statusCode();
    Trailers trailers = Trailers.of(head.headers().map());
    String type = head.headers().firstValue("content-type").orElse("");
    if (trailers.status() != null) {
      ending = trailers;
    } else if (httpStatus != 200) {
      ending = new Trailers(Trailers.ofHttp(httpStatus), trailers.metadata());
    } else if (!type.startsWith("application/grpc-web")) {
      ending =
          new Trailers(
              Status.UNKNOWN.withDescription("content-type is '" + type + "'"), new Metadata());
    } else {
      tell(caller -> caller.onHeaders(trailers.metadata()));
    }
  }

  private void readPiece(List<ByteBuffer> bytes) {
    pieceAsked = false;
    if (closed || (ending != null && httpStatus != 200)) {
      // Not for us: the page of an error, or more than a call has.
      exchange.abort();
    } else {
      try {
        bytes.forEach(piece -> frames.read(piece, this::readFrame));
      } catch (StatusRuntimeException notGrpcWeb) {
        abort(notGrpcWeb.getStatus());
      }
    }
    pump();
  }

  private void readFrame(Frame frame) {
    if (ending != null) {
      throw Status.INTERNAL.withDescription("bytes after the trailers").asRuntimeException();
    }
    switch (frame) {
      case Frame.Message(var bytes) -> messages.add(bytes);
      case Frame.Trailers(var block) -> ending = Trailers.of(block);
    }
  }

  private void bodyEnded() {
    if (ending == null) {
      String where = frames.isHalfway() ? "inside a frame" : "without trailers";
      ending =
          new Trailers(
              Status.UNAVAILABLE.withDescription("the answer ended " + where), new Metadata());
    }
    open = false;
    pump();
  }

  /// Hands on what the caller asked for; asks for more bytes when nothing is left.
  private void pump() {
    while (!closed && demand > 0 && !messages.isEmpty()) {
      demand--;
      deliver(messages.remove());
    }
    Trailers trailers = ending;
    if (!closed && messages.isEmpty() && trailers != null) {
      close(trailers);
    }
    boolean wanted = closed || (demand > 0 && messages.isEmpty());
    if (open && wanted && !pieceAsked) {
      pieceAsked = true;
      exchange.more();
    }
  }

  private void deliver(ByteString bytes) {
    try {
      R message = method.parseResponse(bytes.newInput());
      tell(caller -> caller.onMessage(message));
    } catch (StatusRuntimeException notTheMessage) {
      abort(notTheMessage.getStatus());
    }
  }

  private void tooLate() {
    abort(Status.DEADLINE_EXCEEDED.withDescription("no answer within the deadline"));
  }

  /// After the end the connection is not ours any more: another call may have it.
  private void abort(Status status) {
    if (!closed) {
      exchange.abort();
      close(status);
    }
  }

  private void close(Status status) {
    close(new Trailers(status, new Metadata()));
  }

  private void close(Trailers trailers) {
    if (closed) {
      return;
    }
    closed = true;
    messages.clear();
    ScheduledFuture<?> timer = due;
    if (timer != null) {
      timer.cancel(false);
    }
    Status status = Objects.requireNonNullElse(trailers.status(), Status.UNKNOWN);
    tell(caller -> caller.onClose(status, trailers.metadata()));
  }

  private void tell(Consumer<Listener<R>> what) {
    Listener<R> caller = listener;
    if (caller == null) {
      return;
    }
    callbacks.execute(
        () -> {
          try {
            what.accept(caller);
          } catch (RuntimeException fault) {
            cancel("the caller's listener failed", fault);
          }
        });
  }
}
