package parley.envoy;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// gRPC-Web over HTTP/1.1, as a page's fetch calls.
final class WebCaller implements AutoCloseable {
  private final String address;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  WebCaller(String address) {
    this.address = address;
  }

  /// An answer as the page sees it: grpc-status from the headers, else from the trailer frame of
  /// the body.
  record Answer(int http, Map<String, String> headers, ByteString body) {
    int grpcStatus() {
      return Optional.ofNullable(headers.get("grpc-status"))
          .or(this::trailer)
          .map(Integer::parseInt)
          .orElse(-1);
    }

    private Optional<String> trailer() {
      String text = body.toString(StandardCharsets.ISO_8859_1);
      int at = text.indexOf("grpc-status:");
      return at < 0
          ? Optional.empty()
          : Optional.of(text.substring(at + 12, text.indexOf('\r', at)).strip());
    }
  }

  Answer call(String path, MessageLite request, Map<String, String> headers) {
    return post(path, frame(request.toByteArray()), headers);
  }

  Answer post(String path, byte[] body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .timeout(Duration.ofSeconds(10))
            .header("content-type", "application/grpc-web+proto")
            .header("x-grpc-web", "1")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return send(request);
  }

  Answer method(String method, String path, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .timeout(Duration.ofSeconds(10))
            .method(method, HttpRequest.BodyPublishers.noBody());
    headers.forEach(request::header);
    return send(request);
  }

  static byte[] frame(byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) 0)
        .putInt(message.length)
        .put(message)
        .array();
  }

  @Override
  public void close() {
    http.close();
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      Map<String, String> headers = new TreeMap<>();
      response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      return new Answer(response.statusCode(), headers, ByteString.copyFrom(response.body()));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
