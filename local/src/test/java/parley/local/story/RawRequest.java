package parley.local.story;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import parley.platform.config.HostPort;

/// A gRPC-Web request made of bytes, as nobody's library would make it.
record RawRequest(String path, Map<String, String> headers, ByteString body, int announced) {
  private static final int PATIENCE_MILLIS = 10_000;

  /// With the whole of its body.
  RawRequest(String path, Map<String, String> headers, ByteString body) {
    this(path, headers, body, body.size());
  }

  /// A frame with this message.
  static ByteString frame(byte[] message) {
    return ByteString.copyFrom(
        ByteBuffer.allocate(5 + message.length)
            .put((byte) 0)
            .putInt(message.length)
            .put(message)
            .flip());
  }

  /// The first line of the answer and the gRPC status in it, as in `HTTP/1.1 200 OK grpc 13`.
  String answer(String door) {
    try (Socket socket = connect(door)) {
      Thread writer = Thread.startVirtualThread(() -> write(socket));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      readTo(answer, socket);
      writer.interrupt();
      return brief(answer.toString(StandardCharsets.ISO_8859_1));
    } catch (IOException notThere) {
      throw new UncheckedIOException(notThere);
    }
  }

  /// All that comes: a door that refuses before it has read everything resets the connection.
  private static void readTo(ByteArrayOutputStream answer, Socket socket) {
    try {
      socket.getInputStream().transferTo(answer);
    } catch (IOException reset) {
      return;
    }
  }

  /// Sends it and goes away without waiting for an answer.
  void sendAndLeave(String door) throws IOException {
    try (Socket socket = connect(door)) {
      write(socket);
    }
  }

  private static Socket connect(String door) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), HostPort.parse(door).port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /// What is written after a refusal is lost.
  private void write(Socket socket) {
    try {
      socket.getOutputStream().write(bytes());
      socket.getOutputStream().flush();
    } catch (IOException refused) {
      return;
    }
  }

  private byte[] bytes() {
    StringBuilder head =
        new StringBuilder("POST ").append(path).append(" HTTP/1.1\r\nhost: door\r\n");
    head.append("content-type: application/grpc-web+proto\r\nx-grpc-web: 1\r\n");
    head.append("connection: close\r\ncontent-length: ").append(announced).append("\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body.toByteArray());
    return request.toByteArray();
  }

  private static String brief(String answer) {
    String line = answer.isEmpty() ? "closed" : answer.lines().findFirst().orElseThrow();
    int at = answer.indexOf("grpc-status:");
    return at < 0
        ? line
        : line + " grpc " + answer.substring(at + 12, answer.indexOf('\r', at)).strip();
  }
}
