package parley.client.web;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import parley.client.fake.Awaited;

/// An HTTP/1.1 server whose every byte is a test's: each request is handed over with its
/// connection.
final class WebServer implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();

  WebServer() throws IOException {
    Thread.ofVirtual().start(this::accept);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  Exchange next() {
    return Awaited.from(exchanges, "a request");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try {
      InputStream in = socket.getInputStream();
      String first = line(in);
      while (!first.isEmpty()) {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
          int colon = line.indexOf(':');
          headers.put(
              line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        ByteString body =
            ByteString.copyFrom(in.readNBytes(Integer.parseInt(headers.get("content-length"))));
        Exchange exchange = new Exchange(socket, first, headers, body);
        exchanges.add(exchange);
        first = line(in);
      }
    } catch (IOException closed) {
      return;
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  record Exchange(Socket socket, String request, Map<String, String> headers, ByteString body) {
    /// A head and a body in chunks that the test writes.
    void head(int status, String... headerLines) throws IOException {
      write("HTTP/1.1 " + status + " X\r\ntransfer-encoding: chunked\r\n");
      for (String line : headerLines) {
        write(line + "\r\n");
      }
      write("\r\n");
    }

    void chunk(ByteString bytes) throws IOException {
      write(Integer.toHexString(bytes.size()) + "\r\n");
      OutputStream out = socket.getOutputStream();
      out.write(bytes.toByteArray());
      write("\r\n");
    }

    void end() throws IOException {
      write("0\r\n\r\n");
    }

    /// A body that is not gRPC-Web; a client may hang up on it.
    void page(String text) {
      try {
        chunk(ByteString.copyFromUtf8(text));
        end();
      } catch (IOException hungUp) {
        return;
      }
    }

    /// Waits until the client has closed the connection.
    boolean isClosedByClient() throws IOException {
      socket.setSoTimeout(5000);
      try {
        while (true) {
          socket.getOutputStream().write("1\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
          socket.getOutputStream().flush();
        }
      } catch (IOException closed) {
        return true;
      }
    }

    private void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    }
  }
}
