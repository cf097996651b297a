package parley.platform.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import parley.platform.config.HostPort;

/// Serves `/metrics` in Prometheus' text format.
public final class MetricsEndpoint implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;
  private final HostPort address;

  private MetricsEndpoint(HttpServer server, ExecutorService threads, String host) {
    this.server = server;
    this.threads = threads;
    this.address = new HostPort(host, server.getAddress().getPort());
  }

  /// Listens.
  ///
  /// @throws IllegalStateException with a sentence if the address cannot be had
  public static MetricsEndpoint open(HostPort where, PrometheusMeterRegistry meters) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(where.host(), where.port()), 0);
      ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
      server.setExecutor(threads);
      server.createContext("/metrics", exchange -> answer(exchange, meters));
      server.start();
      return new MetricsEndpoint(server, threads, where.host());
    } catch (IOException taken) {
      throw new IllegalStateException(
          "cannot listen on " + where + ": " + taken.getMessage(), taken);
    }
  }

  public HostPort address() {
    return address;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void answer(HttpExchange exchange, PrometheusMeterRegistry meters)
      throws IOException {
    try (exchange) {
      byte[] body = meters.scrape().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("content-type", "text/plain; version=0.0.4; charset=utf-8");
      exchange.sendResponseHeaders(200, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }
}
