package parley.envoy.jwks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.platform.config.HostPort;

/// Serves the public key set as it stands in its file: `GET /jwks.json` over HTTP/1.1. While the
/// file cannot be read it answers 503, and Envoy keeps the keys it has.
public final class JwksEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JwksEndpoint.class);

  private final HttpServer server;
  private final ExecutorService threads;
  private final HostPort address;

  private JwksEndpoint(HttpServer server, ExecutorService threads, String host) {
    this.server = server;
    this.threads = threads;
    this.address = new HostPort(host, server.getAddress().getPort());
  }

  /// Listens.
  ///
  /// @throws IllegalStateException with a sentence if the address cannot be had
  public static JwksEndpoint open(HostPort where, Path jwks) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(where.host(), where.port()), 0);
      ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
      server.setExecutor(threads);
      server.createContext("/jwks.json", exchange -> answer(exchange, jwks));
      server.start();
      return new JwksEndpoint(server, threads, where.host());
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

  private static void answer(HttpExchange exchange, Path jwks) throws IOException {
    try (exchange) {
      byte[] keys;
      try {
        keys = Files.readAllBytes(jwks);
      } catch (IOException unreadable) {
        LOG.atError().setCause(unreadable).addKeyValue("file", jwks).log("key set cannot be read");
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      exchange.getResponseHeaders().set("content-type", "application/json");
      exchange.sendResponseHeaders(200, keys.length);
      exchange.getResponseBody().write(keys);
    }
  }
}
