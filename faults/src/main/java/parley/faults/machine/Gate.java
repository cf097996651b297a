package parley.faults.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Stands before a server on a port of its own: passes every byte on, or cuts. Thread-safe.
public final class Gate implements AutoCloseable {
  private static final int BACKLOG = 512;
  private static final int CONNECT_MS = 2_000;

  private final ServerSocket door;
  private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private volatile boolean shut;

  private Gate(ServerSocket door, int target) {
    this.door = door;
    this.target = target;
  }

  /// A gate before a port of loopback.
  public static Gate before(int port) {
    try {
      Gate gate = new Gate(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), port);
      Thread.ofVirtual().name("gate").start(gate::accept);
      return gate;
    } catch (IOException failed) {
      throw new UncheckedIOException("no port for a gate", failed);
    }
  }

  /// `127.0.0.1:port`.
  public String address() {
    return "127.0.0.1:" + door.getLocalPort();
  }

  /// New connections go to another port from now on.
  public void leadTo(int port) {
    target = port;
  }

  /// Cuts every connection, and every new one at once, until it is opened.
  public void shut() {
    shut = true;
    cutAll();
  }

  public void open() {
    shut = false;
  }

  public void cutAll() {
    passages.forEach(Passage::cut);
  }

  /// Cuts one connection after so many more bytes in one direction: in the middle of a frame.
  public void cutOne(RandomGenerator random) {
    List<Passage> open = List.copyOf(passages);
    if (!open.isEmpty()) {
      Passage one = open.get(random.nextInt(open.size()));
      (random.nextBoolean() ? one.up : one.down).set(random.nextLong(1, 1_500));
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      cutAll();
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (shut) {
          client.close();
        } else {
          Thread.ofVirtual().name("gate").start(() -> connect(client));
        }
      } catch (IOException closed) {
        // Looked at again above.
      }
    }
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    Passage passage = new Passage(client, server);
    try {
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MS);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      passages.add(passage);
      if (shut) {
        passage.cut();
      }
      Thread.ofVirtual().name("gate").start(() -> passage.copy(server, client, passage.down));
      passage.copy(client, server, passage.up);
    } catch (IOException nobody) {
      passage.cut();
    }
  }

  /// One connection and the bytes that may still pass.
  private final class Passage {
    private final Socket client;
    private final Socket server;
    private final AtomicLong up = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong down = new AtomicLong(Long.MAX_VALUE);

    Passage(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void copy(Socket from, Socket to, AtomicLong left) {
      byte[] buffer = new byte[16 * 1024];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
          int length = n;
          long before = left.getAndUpdate(l -> l == Long.MAX_VALUE ? l : l - length);
          out.write(buffer, 0, (int) Math.min(n, Math.max(0, before)));
          if (before <= n) {
            break;
          }
        }
      } catch (IOException cut) {
        // The other direction is cut too.
      }
      cut();
    }

    void cut() {
      passages.remove(this);
      for (Socket socket : List.of(client, server)) {
        try {
          socket.close();
        } catch (IOException gone) {
          // Closed is closed.
        }
      }
    }
  }
}
