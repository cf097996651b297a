package parley.match.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import parley.platform.config.HostPort;

/// Stands before Redis; a connection on which a certain word goes up hears nothing more until it is
/// cut.
public final class HoldingProxy implements AutoCloseable {
  private final ServerSocket door;
  private final HostPort redis;
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile String word = "";

  public HoldingProxy(HostPort redis) {
    this.redis = redis;
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public String address() {
    return "127.0.0.1:" + door.getLocalPort();
  }

  public void hold(String said) {
    word = said;
  }

  /// Cuts what is held, and holds nothing more.
  public void release() {
    word = "";
    released.countDown();
  }

  @Override
  public void close() {
    release();
    try {
      door.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Socket server = new Socket(redis.host(), redis.port());
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> copyUp(client, server));
        Thread.ofVirtual().start(() -> copy(server, client));
      }
    } catch (IOException over) {
      // The test is over.
    }
  }

  /// The word may lie across two readings, so the end of the one before is looked at, too.
  private void copyUp(Socket client, Socket server) {
    byte[] buffer = new byte[16 * 1024];
    String before = "";
    try (client;
        server) {
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        String said = before + new String(buffer, 0, n, ISO_8859_1);
        if (!word.isEmpty() && said.contains(word)) {
          released.await();
          return;
        }
        before = said.substring(Math.max(0, said.length() - 64));
        out.write(buffer, 0, n);
      }
    } catch (IOException over) {
      // The other end is closed, too.
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException over) {
      // The other end is closed, too.
    }
  }
}
