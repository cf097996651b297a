package parley.relay.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import parley.platform.config.HostPort;

/// Stands before Redis and cuts the connection after so many bytes of a direction.
final class CuttingProxy implements AutoCloseable {
  /// Bytes that still pass; then both ends are closed, once.
  final AtomicLong upLeft = new AtomicLong(Long.MAX_VALUE);

  final AtomicLong downLeft = new AtomicLong(Long.MAX_VALUE);

  /// Bytes that have come.
  final AtomicLong up = new AtomicLong();

  final AtomicLong down = new AtomicLong();
  final AtomicInteger cuts = new AtomicInteger();
  private final ServerSocket door;
  private final HostPort redis;

  CuttingProxy(HostPort redis) {
    this.redis = redis;
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Thread.ofVirtual().start(this::accept);
  }

  HostPort address() {
    return new HostPort("127.0.0.1", door.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Socket server = new Socket(redis.host(), redis.port());
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> copy(client, server, up, upLeft));
        Thread.ofVirtual().start(() -> copy(server, client, down, downLeft));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void copy(Socket from, Socket to, AtomicLong total, AtomicLong left) {
    byte[] buffer = new byte[16 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        int length = n;
        total.addAndGet(n);
        long before = left.getAndUpdate(l -> l == Long.MAX_VALUE ? l : l - length);
        if (before == Long.MAX_VALUE || before > n) {
          out.write(buffer, 0, n);
        } else {
          left.set(Long.MAX_VALUE);
          cuts.incrementAndGet(); // before the last byte leaves: who hears it may look at once
          out.write(buffer, 0, (int) Math.max(0, before));
          out.flush();
          return;
        }
      }
    } catch (IOException cut) {
      // The other end is closed too.
    }
  }
}
