package parley.session;

import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.List;
import parley.platform.grpc.AdminPort;
import parley.platform.grpc.ServingPort;
import parley.platform.grpc.ServingPortConfig;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;

/// Where a node is called: by members, by our other services, by operators.
record NodePorts(ServingPort serving, ServingPort mesh, AdminPort admin) {
  /// Opens what `lifecycle` closes.
  static NodePorts open(
      SessionConfig config, Served served, Lifecycle lifecycle, NodeContext context) {
    return new NodePorts(
        lifecycle.own(
            ServingPort.open(
                ServingPortConfig.at(config.serving()),
                served.callers(),
                List.of(served.toMembers()),
                context)),
        lifecycle.own(
            ServingPort.open(
                ServingPortConfig.at(config.mesh()),
                List.of(),
                List.of(served.toServices()),
                context)),
        lifecycle.own(AdminPort.open(config.node(), List.of(), context)));
  }

  /// Healthy from here on.
  void ready() {
    serving.ready();
    mesh.ready();
    admin.ready();
  }

  /// Still served, but no longer healthy.
  void draining() {
    serving.draining();
    mesh.draining();
    admin.draining();
  }

  /// Takes no more calls; what is under way is answered, if that takes no longer than this.
  void finish(Duration within) {
    long end = System.nanoTime() + within.toNanos();
    serving.finish(within);
    mesh.finish(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
  }

  /// What is served.
  ///
  /// @param callers know who calls
  record Served(
      List<ServerInterceptor> callers, BindableService toMembers, BindableService toServices) {}
}
