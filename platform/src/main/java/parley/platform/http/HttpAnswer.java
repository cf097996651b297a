package parley.platform.http;

import com.google.protobuf.ByteString;

/// What a GET is answered.
public record HttpAnswer(int status, String contentType, ByteString body) {
  public static HttpAnswer ok(String contentType, ByteString body) {
    return new HttpAnswer(200, contentType, body);
  }

  /// Try again later.
  public static HttpAnswer unavailable() {
    return new HttpAnswer(503, "text/plain", ByteString.EMPTY);
  }
}
