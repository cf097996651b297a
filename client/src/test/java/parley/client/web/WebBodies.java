package parley.client.web;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// gRPC-Web bodies, made by hand.
final class WebBodies {
  private WebBodies() {}

  static ByteString body(byte[]... messages) {
    ByteString body = ByteString.EMPTY;
    for (byte[] message : messages) {
      body = body.concat(frame(0, message));
    }
    return body;
  }

  static ByteString trailers(String block) {
    return frame(0x80, block.getBytes(StandardCharsets.UTF_8));
  }

  private static ByteString frame(int kind, byte[] content) {
    ByteBuffer frame = ByteBuffer.allocate(5 + content.length);
    frame.put((byte) kind).putInt(content.length).put(content).flip();
    return ByteString.copyFrom(frame);
  }
}
