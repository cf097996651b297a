package parley.envoy;

import java.util.List;
import parley.domain.NodeId;
import parley.envoy.jwks.JwksPage;
import parley.envoy.registry.RegistryWatch;
import parley.envoy.xds.XdsPort;
import parley.platform.config.HostPort;
import parley.platform.discovery.NodeDirectory;
import parley.platform.grpc.AdminPort;
import parley.platform.http.HttpPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.Node;
import parley.platform.lifecycle.NodeContext;

/// The control plane as one node. Envoy goes on without it: its end and its restart cut nothing.
public final class DoorNode implements Node {
  private static final long MEBIBYTE = 1024L * 1024;

  private final NodeContext context;
  private final Lifecycle lifecycle = new Lifecycle();
  private final AdminPort admin;
  private final HttpPort jwks;
  private final XdsPort xds;

  /// Starts everything; on a failure nothing is left open.
  public static DoorNode start(DoorConfig config) {
    return start(config, NodeContext.of(config.node().id()));
  }

  public static DoorNode start(DoorConfig config, NodeContext context) {
    return new DoorNode(config, context);
  }

  private DoorNode(DoorConfig config, NodeContext context) {
    this.context = context;
    try {
      admin = lifecycle.own(AdminPort.open(config.node(), List.of(), context));
      jwks = lifecycle.own(JwksPage.open(config.jwksAt(), config.jwks()));
      xds = lifecycle.own(XdsPort.open(config.xdsAt(), context));
      NodeDirectory directory = lifecycle.own(NodeDirectory.over(config.redis()));
      DoorPublisher publisher =
          new DoorPublisher(config.rules(), jwks.address(), config.certificate(), xds::publish);
      lifecycle.own(RegistryWatch.follow(directory, config.registry(), publisher, context));
      config.bootstrap().ifPresent(this::writeBootstrap);
      admin.ready();
    } catch (RuntimeException failure) {
      lifecycle.close();
      throw failure;
    }
  }

  @Override
  public NodeId id() {
    return context.id();
  }

  /// What an Envoy of this control plane is to be started with.
  public EnvoyBootstrap bootstrap(HostPort envoyAdmin, int connections, long heapBytes) {
    return new EnvoyBootstrap(context.id(), envoyAdmin, xds.address(), connections, heapBytes);
  }

  public HostPort xds() {
    return xds.address();
  }

  public HostPort jwks() {
    return jwks.address();
  }

  public HostPort adminGrpc() {
    return admin.grpc();
  }

  public HostPort adminHttp() {
    return admin.http();
  }

  /// There is nobody to send elsewhere: Envoy keeps what it was told.
  @Override
  public void drain() {
    admin.draining();
  }

  @Override
  public void close() {
    lifecycle.close();
  }

  private void writeBootstrap(DoorConfig.Bootstrap wanted) {
    bootstrap(wanted.admin(), wanted.connections(), wanted.heapMebibytes() * MEBIBYTE)
        .write(wanted.file());
  }
}
