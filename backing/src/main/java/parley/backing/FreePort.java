package parley.backing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports nobody listens on at the moment of asking. Another process may take one before it is used,
/// so whoever uses one tries again with another when that happens.
public final class FreePort {
  private FreePort() {}

  /// Any port the system gives.
  public static int any() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on loopback", e);
    }
  }

  /// A port below the range the system hands to outgoing connections, with the one `distance` above
  /// it also free: what a Redis cluster node needs for itself and its bus.
  static int withNeighbour(int distance) {
    for (int attempt = 0; attempt < 200; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(11_000, 22_000);
      if (free(port) && free(port + distance)) {
        return port;
      }
    }
    throw new NotStarted("no two free ports " + distance + " apart between 11000 and 32000");
  }

  /// Whether somebody could listen on this port of loopback now.
  public static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
