package parley.platform.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import parley.platform.config.HostPort;

/// One page over HTTP/1.1, made anew for every request, each on a virtual thread.
public final class HttpPort implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;
  private final HostPort address;

  private HttpPort(HttpServer server, ExecutorService threads, String host) {
    this.server = server;
    this.threads = threads;
    this.address = new HostPort(host, server.getAddress().getPort());
  }

  /// Listens.
  ///
  /// @param path of the page, as in `/metrics`; everything else answers 404
  /// @throws IllegalStateException with a sentence if the address cannot be had
  public static HttpPort open(HostPort where, String path, Supplier<HttpAnswer> page) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(where.host(), where.port()), 0);
      ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
      server.setExecutor(threads);
      server.createContext(path, exchange -> answer(exchange, page));
      server.start();
      return new HttpPort(server, threads, where.host());
    } catch (IOException taken) {
      throw new IllegalStateException(
          "cannot listen on " + where + ": " + taken.getMessage(), taken);
    }
  }

  /// Where it listens, with the port that was found if 0 was asked for.
  public HostPort address() {
    return address;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void answer(HttpExchange exchange, Supplier<HttpAnswer> page) throws IOException {
    try (exchange) {
      HttpAnswer answer = page.get();
      exchange.getResponseHeaders().set("content-type", answer.contentType());
      // -1: no body follows.
      exchange.sendResponseHeaders(
          answer.status(), answer.body().isEmpty() ? -1 : answer.body().size());
      answer.body().writeTo(exchange.getResponseBody());
    }
  }
}
