package parley.client.web;

import com.google.common.io.BaseEncoding;
import io.grpc.Deadline;
import io.grpc.Metadata;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The HTTP side of one call: a POST, and its answer in pieces, asked for one by one.
final class WebExchange {
  static final String CONTENT_TYPE = "application/grpc-web+proto";
  private static final BaseEncoding BASE64 = BaseEncoding.base64().omitPadding();

  private final HttpClient http;
  private final URI server;
  private volatile @Nullable CompletableFuture<HttpResponse<Void>> answer;
  private volatile Flow.@Nullable Subscription body;

  WebExchange(HttpClient http, URI server) {
    this.http = http;
    this.server = server;
  }

  /// @param method the full name, `package.Service/Method`
  /// @param message in its frame
  void send(
      String method,
      Metadata headers,
      @Nullable Deadline deadline,
      byte[] message,
      Listener listener) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/" + method))
            .header("content-type", CONTENT_TYPE)
            .header("accept", CONTENT_TYPE)
            .header("x-grpc-web", "1")
            .POST(HttpRequest.BodyPublishers.ofByteArray(message));
    if (deadline != null) {
      long millis = Math.max(1, deadline.timeRemaining(TimeUnit.MILLISECONDS));
      request.header("grpc-timeout", Math.min(millis, 99_999_999) + "m");
    }
    copy(headers, request);
    CompletableFuture<HttpResponse<Void>> sent =
        http.sendAsync(
            request.build(),
            head -> {
              listener.headers(head);
              return new Pieces(listener);
            });
    answer = sent;
    var _ =
        sent.exceptionally(
            fault -> {
              listener.broken(fault);
              return null;
            });
  }

  /// Asks for one more piece of the body.
  void more() {
    Flow.Subscription pieces = body;
    if (pieces != null) {
      pieces.request(1);
    }
  }

  /// Gives up the answer; a connection in use is closed, which is how the server learns of it.
  void abort() {
    CompletableFuture<HttpResponse<Void>> sent = answer;
    if (sent != null) {
      sent.cancel(true);
    }
    Flow.Subscription pieces = body;
    if (pieces != null) {
      pieces.cancel();
    }
  }

  private static void copy(Metadata headers, HttpRequest.Builder request) {
    for (String name : headers.keys()) {
      if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        var key = Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER);
        for (byte[] value : all(headers.getAll(key))) {
          request.header(name, BASE64.encode(value));
        }
      } else {
        var key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
        for (String value : all(headers.getAll(key))) {
          request.header(name, value);
        }
      }
    }
  }

  private static <V> Iterable<V> all(@Nullable Iterable<V> values) {
    return values == null ? List.of() : values;
  }

  /// What comes of the answer. Called on threads of the HTTP client, one at a time, in this order:
  /// `headers`, `open`, any `piece`, `complete`; instead of any of them `broken`, perhaps twice.
  interface Listener {
    void headers(HttpResponse.ResponseInfo head);

    void open();

    void piece(List<ByteBuffer> bytes);

    void complete();

    void broken(Throwable fault);
  }

  private final class Pieces implements HttpResponse.BodySubscriber<Void> {
    private final Listener listener;

    Pieces(Listener listener) {
      this.listener = listener;
    }

    @Override
    public CompletionStage<Void> getBody() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      body = subscription;
      listener.open();
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
      listener.piece(bytes);
    }

    @Override
    public void onError(Throwable fault) {
      listener.broken(fault);
    }

    @Override
    public void onComplete() {
      listener.complete();
    }
  }
}
