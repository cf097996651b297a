package parley.envoy.xds;

import io.envoyproxy.controlplane.cache.v3.Snapshot;
import io.envoyproxy.controlplane.server.V3DiscoveryServer;
import java.util.List;
import parley.platform.config.HostPort;
import parley.platform.grpc.ServingPort;
import parley.platform.grpc.ServingPortConfig;
import parley.platform.lifecycle.NodeContext;

/// Tells every Envoy that connects the newest snapshot, and each change of it. An Envoy that has
/// lost this port goes on with what it knows. Thread-safe.
///
/// State of the world, not delta: in delta this library leaves a changed cluster without endpoints
/// for 15 seconds.
public final class XdsPort implements AutoCloseable {
  /// An Envoy names all its extensions when it connects.
  private static final int MESSAGE_BYTES = 4 * 1024 * 1024;

  private static final int METADATA_BYTES = 16 * 1024;

  private final OncePerVersion snapshots;
  private final ServingPort port;

  private XdsPort(OncePerVersion snapshots, ServingPort port) {
    this.snapshots = snapshots;
    this.port = port;
  }

  /// Listens. Envoys that connect before the first snapshot wait for it.
  ///
  /// @throws IllegalStateException with a sentence if the address cannot be had
  public static XdsPort open(HostPort address, NodeContext context) {
    Refusals refusals = new Refusals();
    OncePerVersion snapshots = new OncePerVersion(refusals);
    V3DiscoveryServer server =
        new V3DiscoveryServer(new Verdicts(context.meters(), refusals), snapshots);
    ServingPort port =
        ServingPort.open(
            new ServingPortConfig(address, MESSAGE_BYTES, METADATA_BYTES),
            List.of(),
            List.of(server.getAggregatedDiscoveryServiceImpl()),
            context);
    port.ready();
    return new XdsPort(snapshots, port);
  }

  public HostPort address() {
    return port.address();
  }

  /// Returns when all connected Envoys were sent what is new to them.
  public void publish(Snapshot snapshot) {
    snapshots.publish(snapshot);
  }

  @Override
  public void close() {
    port.close();
  }
}
