package parley.bot.langchain;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.bot.core.Fault;

/// One exchange with a provider, over the JDK's HTTP client, that can be cut at any moment: before
/// the first byte, which LangChain4j's own clients cannot, as well as in the middle. Cutting closes
/// the connection, and the client with it. It also tells what LangChain4j is silent about: an error
/// frame in the stream.
final class CuttableHttp implements HttpClient {
  private static final int STATUS_OK = 200;
  private static final int STATUS_OTHER = 300;
  private static final int ERROR_BYTES = 4_096;
  private static final long ANSWER_BYTES = 2_000_000;
  private static final Pattern ERROR = Pattern.compile("^\\s*\\{\\s*\"error\"\\s*:");

  private final java.net.http.HttpClient http;
  private final Executor threads;
  private final Consumer<CuttableHttp> over;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private @Nullable CompletableFuture<?> asking;

  @GuardedBy("lock")
  private @Nullable InputStream reading;

  @GuardedBy("lock")
  private boolean cut;

  /// @param http for this exchange alone
  /// @param over hears of the cut, and thus of the end: every exchange is cut at last
  CuttableHttp(java.net.http.HttpClient http, Executor threads, Consumer<CuttableHttp> over) {
    this.http = http;
    this.threads = threads;
    this.over = over;
  }

  /// Ends the exchange and its connection. May be repeated.
  void cut() {
    CompletableFuture<?> question;
    InputStream answer;
    lock.lock();
    try {
      cut = true;
      question = asking;
      answer = reading;
    } finally {
      lock.unlock();
    }
    if (question != null) {
      question.cancel(true);
    }
    close(answer);
    http.shutdownNow();
    over.accept(this);
  }

  /// For LangChain4j's builders; times are kept by whoever asks.
  HttpClientBuilder builder() {
    return new HttpClientBuilder() {
      @Override
      public Duration connectTimeout() {
        return Duration.ZERO;
      }

      @Override
      public HttpClientBuilder connectTimeout(Duration timeout) {
        return this;
      }

      @Override
      public Duration readTimeout() {
        return Duration.ZERO;
      }

      @Override
      public HttpClientBuilder readTimeout(Duration timeout) {
        return this;
      }

      @Override
      public HttpClient build() {
        return CuttableHttp.this;
      }
    };
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    throw new UnsupportedOperationException("answers come as streams");
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    CompletableFuture<HttpResponse<InputStream>> question =
        http.sendAsync(of(request), BodyHandlers.ofInputStream());
    lock.lock();
    try {
      asking = question;
      if (cut) {
        question.cancel(true);
      }
    } finally {
      lock.unlock();
    }
    var _ =
        question.whenCompleteAsync(
            (response, failure) -> {
              if (failure == null) {
                read(response, parser, listener);
              } else {
                listener.onError(cause(failure));
              }
            },
            threads);
  }

  private void read(
      HttpResponse<InputStream> response,
      ServerSentEventParser parser,
      ServerSentEventListener listener) {
    try (InputStream body = new BoundedStream(response.body(), ANSWER_BYTES)) {
      if (!started(body)) {
        return;
      }
      if (response.statusCode() < STATUS_OK || response.statusCode() >= STATUS_OTHER) {
        String said = new String(body.readNBytes(ERROR_BYTES), StandardCharsets.UTF_8);
        listener.onError(new HttpException(response.statusCode(), said));
        return;
      }
      listener.onOpen(
          SuccessfulHttpResponse.builder()
              .statusCode(response.statusCode())
              .headers(response.headers().map())
              .build());
      parser.parse(body, new Watching(listener));
      listener.onClose();
    } catch (IOException | RuntimeException broken) {
      listener.onError(broken);
    }
  }

  private boolean started(InputStream body) {
    lock.lock();
    try {
      reading = body;
      return !cut;
    } finally {
      lock.unlock();
    }
  }

  private static java.net.http.HttpRequest of(HttpRequest request) {
    var made =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
            .POST(BodyPublishers.ofString(request.body()));
    request.headers().forEach((name, values) -> values.forEach(value -> made.header(name, value)));
    return made.build();
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private static void close(@Nullable InputStream stream) {
    try {
      if (stream != null) {
        stream.close();
      }
    } catch (IOException closedAnyway) {
      throw new IllegalStateException("a stream did not close", closedAnyway);
    }
  }

  /// Passes events on, and ends the stream at an error frame.
  private final class Watching implements ServerSentEventListener {
    private final ServerSentEventListener inner;

    private Watching(ServerSentEventListener inner) {
      this.inner = inner;
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
      if (!isError(event)) {
        inner.onEvent(event, context);
      }
    }

    @Override
    public void onEvent(ServerSentEvent event) {
      if (!isError(event)) {
        inner.onEvent(event);
      }
    }

    @Override
    public void onError(Throwable failure) {
      inner.onError(failure);
    }

    private boolean isError(ServerSentEvent event) {
      boolean error = event.data() != null && ERROR.matcher(event.data()).find();
      if (error) {
        inner.onError(new StreamFault(Fault.ERROR_IN_STREAM, "an error frame"));
        cut();
      }
      return error;
    }
  }
}
