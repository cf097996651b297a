package parley.site;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import parley.platform.config.HostPort;
import parley.site.SiteFile.Packed;

/// Answers GET and HEAD over HTTP/1.1, each on a virtual thread. Files whose name is a hash are
/// kept for a year, all others are asked for again with their tag.
final class SitePort implements AutoCloseable {
  /// Everything from here and nothing inline. Svelte makes its templates through one policy of
  /// trusted types.
  static final String CONTENT_SECURITY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self'",
          "connect-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
          "require-trusted-types-for 'script'",
          "trusted-types svelte-trusted-html");

  private static final String LASTING = "public, max-age=31536000, immutable";
  private static final List<String> BEST_FIRST = List.of("br", "gzip");

  private final HttpServer server;
  private final ExecutorService threads;
  private final HostPort address;

  private SitePort(HttpServer server, ExecutorService threads, String host) {
    this.server = server;
    this.threads = threads;
    this.address = new HostPort(host, server.getAddress().getPort());
  }

  /// Listens.
  ///
  /// @throws IllegalStateException with a sentence if the address cannot be had
  static SitePort open(HostPort where, SiteFiles files) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(where.host(), where.port()), 0);
      ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
      server.setExecutor(threads);
      server.createContext("/", exchange -> answer(exchange, files));
      server.start();
      return new SitePort(server, threads, where.host());
    } catch (IOException taken) {
      throw new IllegalStateException(
          "cannot listen on " + where + ": " + taken.getMessage(), taken);
    }
  }

  HostPort address() {
    return address;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void answer(HttpExchange exchange, SiteFiles files) throws IOException {
    try (exchange) {
      always(exchange.getResponseHeaders());
      String method = exchange.getRequestMethod();
      if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("allow", "GET, HEAD");
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      Optional<SiteFile> file = files.at(exchange.getRequestURI().getPath());
      if (file.isPresent()) {
        send(exchange, file.get());
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static void send(HttpExchange exchange, SiteFile file) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    String coding = coding(exchange.getRequestHeaders(), file);
    Packed form = Objects.requireNonNull(file.forms().get(coding));
    String tag = "\"" + form.tag() + "\"";
    headers.set("content-type", file.contentType());
    headers.set("cache-control", file.lasting() ? LASTING : "no-cache");
    headers.set("vary", "accept-encoding");
    headers.set("etag", tag);
    if (!coding.equals(SiteFile.IDENTITY)) {
      headers.set("content-encoding", coding);
    }
    if (tokens(exchange.getRequestHeaders(), "if-none-match").anyMatch(tag::equals)) {
      exchange.sendResponseHeaders(304, -1);
    } else if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("content-length", Integer.toString(form.bytes().length));
      exchange.sendResponseHeaders(200, -1);
    } else {
      exchange.sendResponseHeaders(200, form.bytes().length);
      exchange.getResponseBody().write(form.bytes());
    }
  }

  /// The best that the browser named and the build made. Weights are not weighed: who names a
  /// coding with `q=0` is the one exception.
  private static String coding(Headers request, SiteFile file) {
    List<String> named =
        tokens(request, "accept-encoding")
            .filter(token -> !token.matches(".*;q=0(\\.0*)?"))
            .toList();
    return BEST_FIRST.stream()
        .filter(file.forms()::containsKey)
        .filter(coding -> named.stream().anyMatch(token -> token.split(";", 2)[0].equals(coding)))
        .findFirst()
        .orElse(SiteFile.IDENTITY);
  }

  private static Stream<String> tokens(Headers request, String name) {
    return request.getOrDefault(name, List.of()).stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(token -> token.replace(" ", ""));
  }

  private static void always(Headers headers) {
    headers.set("content-security-policy", CONTENT_SECURITY);
    headers.set("x-content-type-options", "nosniff");
    headers.set("referrer-policy", "no-referrer");
    headers.set("cross-origin-opener-policy", "same-origin");
    headers.set("cross-origin-resource-policy", "same-origin");
    headers.set("permissions-policy", "camera=(), microphone=(), geolocation=()");
  }
}
