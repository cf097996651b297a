package parley.match;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// A node's metrics, as an operator reads them.
final class Metrics {
  private Metrics() {}

  static String of(MatchNode node) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI metrics = URI.create("http://" + node.adminHttp() + "/metrics");
      return http.send(
              HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
