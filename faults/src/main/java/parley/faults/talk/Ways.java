package parley.faults.talk;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import parley.client.call.Face;
import parley.client.web.WebChannel;

/// All ways to the session nodes: through the door on either face, and straight to each node, as
/// when the door hashes members apart. Native members share connections. Thread-safe.
public final class Ways implements AutoCloseable {
  private static final int STRAIGHT_PERCENT = 60;

  private final List<ManagedChannel> owned = new ArrayList<>();
  private final List<Way> door = new ArrayList<>();
  private final List<Way> straight = new ArrayList<>();
  private final WebChannel webChannel;
  private final Way web;

  /// @param doorAddress `host:port`
  /// @param nodes `host:port` of each session node
  /// @param connections to the door, shared by the native members
  public Ways(String doorAddress, List<String> nodes, int connections) {
    for (int i = 0; i < connections; i++) {
      door.add(natively("door native", doorAddress));
    }
    for (int i = 0; i < nodes.size(); i++) {
      straight.add(natively("session-" + (i + 1) + " straight", nodes.get(i)));
    }
    webChannel = WebChannel.open(URI.create("http://" + doorAddress));
    web = new Way("door web", Face.WEB, webChannel, () -> {});
  }

  /// A way for a member of this face. Browsers know the door alone.
  Way pick(Face face, RandomGenerator random) {
    if (face == Face.WEB) {
      return web;
    }
    List<Way> from = random.nextInt(100) < STRAIGHT_PERCENT ? straight : door;
    return from.get(random.nextInt(from.size()));
  }

  /// Straight to one node.
  ///
  /// @param node counted from 0
  public Way straight(int node) {
    return straight.get(node);
  }

  @Override
  public void close() {
    owned.forEach(ManagedChannel::shutdownNow);
    webChannel.close();
  }

  private Way natively(String name, String address) {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(address).usePlaintext().directExecutor().build();
    owned.add(channel);
    return new Way(name, Face.NATIVE, channel, channel::resetConnectBackoff);
  }
}
