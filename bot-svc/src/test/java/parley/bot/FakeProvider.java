package parley.bot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that speaks OpenAI's chat completions as streams, and breaks as a test wishes.
public final class FakeProvider implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  /// What was asked, as JSON.
  public final List<String> asked = new CopyOnWriteArrayList<>();

  /// The keys that came with it.
  public final List<String> keys = new CopyOnWriteArrayList<>();

  /// How many answers could not be written to their end, because nobody reads any more.
  public final AtomicInteger broken = new AtomicInteger();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpServer server;
  private volatile Answer answer = Exchange::completes;

  /// How a question is answered.
  @FunctionalInterface
  public interface Answer {
    void to(Exchange exchange) throws IOException;
  }

  public FakeProvider() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", this::handle);
    server.start();
  }

  public String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  public void answers(Answer how) {
    answer = how;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange http) throws IOException {
    asked.add(new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    keys.add(String.valueOf(http.getRequestHeaders().getFirst("Authorization")));
    try (http) {
      answer.to(new Exchange(http, asked.getLast()));
    } catch (IOException gone) {
      broken.incrementAndGet();
    }
  }

  /// One question, and the ways to answer it.
  public final class Exchange {
    private final HttpExchange http;
    private final String question;

    private Exchange(HttpExchange http, String question) {
      this.http = http;
      this.question = question;
    }

    /// What was asked, as JSON.
    public String question() {
      return question;
    }

    /// A whole answer.
    public void says(String... pieces) throws IOException {
      begin();
      for (String piece : pieces) {
        words(piece);
      }
      ends();
    }

    public void completes() throws IOException {
      says("It is good ", "to hear from you. ", "What are you ", "playing these days?");
    }

    public void status(int code) throws IOException {
      byte[] body = "{\"error\":{\"message\":\"no\"}}".getBytes(StandardCharsets.UTF_8);
      http.sendResponseHeaders(code, body.length);
      http.getResponseBody().write(body);
    }

    public void begin() throws IOException {
      http.getResponseHeaders().add("Content-Type", "text/event-stream");
      http.sendResponseHeaders(200, 0);
      http.getResponseBody().flush();
    }

    public void words(String piece) throws IOException {
      event(
          "{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
              + piece.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
              + "\"}}]}");
    }

    public void event(String data) throws IOException {
      OutputStream out = http.getResponseBody();
      out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    public void ends() throws IOException {
      event(
          "{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
      event("[DONE]");
    }

    /// Says nothing until the test is over.
    public void hangs() throws IOException {
      pause(PATIENCE_SECONDS * 1_000L);
    }

    /// Waits on the server's side, as a slow machine does.
    public void pause(long millis) throws IOException {
      try {
        if (closed.await(millis, TimeUnit.MILLISECONDS)) {
          throw new IOException("the test is over");
        }
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
        throw new IOException(ended);
      }
    }
  }
}
