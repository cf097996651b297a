package parley.envoy.jwks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.platform.config.HostPort;
import parley.platform.http.HttpPort;

class JwksPageIT {
  @TempDir private Path folder;

  @Test
  void theFileIsServedAsItStandsAndItsAbsenceIs503() throws Exception {
    Path file = folder.resolve("jwks.json");
    try (HttpPort endpoint = JwksPage.open(new HostPort("127.0.0.1", 0), file);
        HttpClient http = HttpClient.newHttpClient()) {
      assertThat(get(http, endpoint).statusCode()).isEqualTo(503);

      Files.writeString(file, "{\"keys\":[]}");
      assertThat(get(http, endpoint).body()).isEqualTo("{\"keys\":[]}");

      Files.writeString(file, "{\"keys\":[1]}");
      assertThat(get(http, endpoint).body()).isEqualTo("{\"keys\":[1]}");
    }
  }

  private static HttpResponse<String> get(HttpClient http, HttpPort endpoint)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://" + endpoint.address() + "/jwks.json");
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
