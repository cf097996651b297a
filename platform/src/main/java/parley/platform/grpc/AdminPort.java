package parley.platform.grpc;

import io.grpc.BindableService;
import io.grpc.protobuf.services.ChannelzService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.util.ArrayList;
import java.util.List;
import parley.platform.config.HostPort;
import parley.platform.config.NodeConfig;
import parley.platform.http.HttpPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.telemetry.MetricsPage;

/// What an operator reaches, and nobody else: health, reflection (v1 and v1alpha), channelz and the
/// service's own Ops over gRPC; `/metrics` over HTTP. The door has no route to either port.
public final class AdminPort implements AutoCloseable {
  private static final int CHANNELZ_PAGE = 100;

  private final Lifecycle lifecycle = new Lifecycle();
  private final ServingPort grpc;
  private final HttpPort http;

  private AdminPort(NodeConfig config, List<BindableService> services, NodeContext context) {
    try {
      this.grpc =
          lifecycle.own(
              ServingPort.open(
                  ServingPortConfig.at(config.adminGrpc()), List.of(), services, context));
      this.http = lifecycle.own(MetricsPage.open(config.adminHttp(), context.meters()));
    } catch (RuntimeException failure) {
      lifecycle.close();
      throw failure;
    }
  }

  /// Listens on both ports.
  ///
  /// @throws IllegalStateException with a sentence if an address cannot be had
  public static AdminPort open(NodeConfig config, List<BindableService> ops, NodeContext context) {
    List<BindableService> services = new ArrayList<>(ops);
    services.add(ProtoReflectionServiceV1.newInstance());
    services.add(reflectionV1Alpha());
    services.add(ChannelzService.newInstance(CHANNELZ_PAGE));
    return new AdminPort(config, services, context);
  }

  public HostPort grpc() {
    return grpc.address();
  }

  public HostPort http() {
    return http.address();
  }

  public void ready() {
    grpc.ready();
  }

  public void draining() {
    grpc.draining();
  }

  @Override
  public void close() {
    lifecycle.close();
  }

  /// Deprecated by grpc, and still all that some tools ask for.
  @SuppressWarnings("deprecation")
  private static BindableService reflectionV1Alpha() {
    return io.grpc.protobuf.services.ProtoReflectionService.newInstance();
  }
}
