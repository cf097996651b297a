package parley.backing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports of loopback that nobody listens on at the moment of asking.
///
/// They lie below the range from which the system takes the near ends of outgoing connections (from
/// 32768 on): a port of that range may be taken between asking and listening by any connection that
/// somebody opens meanwhile. Each of the first JVMs has a share of its own ([PortShare]), and no
/// port of it is given twice before all others were. A stranger may still take one, so whoever can
/// tries again with another.
public final class FreePort {
  private static final PortShare SHARE = PortShare.claim();
  private static final int PORTS = 500;
  private static final int FIRST = 26_000 + SHARE.number() * PORTS;
  private static final int PORTS_OF_TWO = 400;
  private static final int FIRST_OF_TWO = 11_000 + SHARE.number() * PORTS_OF_TWO;
  private static final AtomicInteger TURN =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

  private FreePort() {}

  /// Another one at each call.
  public static int any() {
    for (int attempt = 0; attempt < PORTS; attempt++) {
      int port = FIRST + Math.floorMod(TURN.getAndIncrement(), PORTS);
      if (free(port)) {
        return port;
      }
    }
    throw new NotStarted("no free port between " + FIRST + " and " + (FIRST + PORTS - 1));
  }

  /// A port with the one `distance` above it also free: what a Redis cluster node needs for itself
  /// and its bus.
  static int withNeighbour(int distance) {
    for (int attempt = 0; attempt < 200; attempt++) {
      int port = FIRST_OF_TWO + ThreadLocalRandom.current().nextInt(PORTS_OF_TWO);
      if (free(port) && free(port + distance)) {
        return port;
      }
    }
    throw new NotStarted("no two free ports " + distance + " apart from " + FIRST_OF_TWO + " on");
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
