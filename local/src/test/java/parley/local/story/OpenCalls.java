package parley.local.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import parley.local.LocalMachine;
import parley.local.LocalNode;

/// Everything that a machine has open: the requests in Envoy, the streams in the nodes. What comes
/// back to where it was has not leaked.
final class OpenCalls {
  private OpenCalls() {}

  static Map<String, String> of(LocalMachine machine) {
    Map<String, String> open = new TreeMap<>();
    Stream.concat(
            machine.envoy().admin("GET", "/stats?filter=_rq_active$").lines(),
            machine.nodes().stream().flatMap(OpenCalls::streams))
        .filter(line -> !line.startsWith("http.admin."))
        .forEach(
            line -> {
              int cut = line.lastIndexOf(' ');
              open.put(line.substring(0, cut), line.substring(cut + 1));
            });
    return open;
  }

  private static Stream<String> streams(LocalNode node) {
    return metrics(node)
        .lines()
        .filter(line -> line.matches("parley_[a-z_]*streams_open.*"))
        .map(line -> node.id() + " " + line);
  }

  private static String metrics(LocalNode node) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI page = URI.create("http://" + node.adminHttp() + "/metrics");
      return http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
