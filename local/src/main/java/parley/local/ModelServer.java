package parley.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A server that speaks OpenAI's chat completions, and one of its models.
///
/// @param baseUrl up to and without `/chat/completions`
record ModelServer(URI baseUrl, String model) {
  /// Ollama, and llama.cpp's own server.
  private static final int[] USUAL_PORTS = {11434, 8080};

  /// For a server that nobody named: `up` waits for it.
  private static final Duration GLANCE = Duration.ofMillis(800);

  /// For one that a person named, however busy it is.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Pattern MODEL = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

  /// The first that answers on this machine.
  ///
  /// @param door a port that is ours, and so not looked at
  static Optional<ModelServer> found(int door) {
    return IntStream.of(USUAL_PORTS)
        .filter(port -> port != door)
        .mapToObj(port -> at(URI.create("http://127.0.0.1:" + port + "/v1"), GLANCE))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// The server there, with the first model that it names.
  static Optional<ModelServer> at(URI baseUrl) {
    return at(baseUrl, PATIENCE);
  }

  private static Optional<ModelServer> at(URI baseUrl, Duration patience) {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(patience).build()) {
      HttpRequest models =
          HttpRequest.newBuilder(URI.create(baseUrl + "/models")).timeout(patience).build();
      HttpResponse<String> answer = http.send(models, HttpResponse.BodyHandlers.ofString());
      Matcher model = MODEL.matcher(answer.body());
      return answer.statusCode() == 200 && model.find()
          ? Optional.of(new ModelServer(baseUrl, model.group(1)))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException nobody) {
      return Optional.empty();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// Whether words that go there stay on this machine.
  boolean isHere() {
    try {
      return InetAddress.getByName(baseUrl.getHost()).isLoopbackAddress();
    } catch (UnknownHostException elsewhere) {
      return false;
    }
  }
}
