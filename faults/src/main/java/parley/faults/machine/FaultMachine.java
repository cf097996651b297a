package parley.faults.machine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import parley.backing.FreePort;
import parley.backing.PostgresServer;
import parley.faults.machine.Store.Kind;
import parley.local.LocalMachine;
import parley.local.MachinePlan;
import parley.local.Progress;
import parley.platform.config.HostPort;
import parley.platform.discovery.ServiceName;
import parley.platform.lifecycle.Lifecycle;

/// One machine to break: identity and matching in this JVM, two session nodes as processes, Redis
/// and Envoy behind gates. Its leases and heartbeats are short, so that a pause beyond them is
/// short too.
public final class FaultMachine implements AutoCloseable {
  public static final Duration LEASE = Duration.ofSeconds(4);
  private static final int NODES = 2;

  private final Lifecycle lifecycle = new Lifecycle();
  private final Store store;
  private final LocalMachine local;
  private final Gate door;
  private final List<SessionProcess> nodes = new ArrayList<>();
  private final Path folder;

  private FaultMachine(Kind kind, Path folder, Nodes how) {
    this.folder = folder;
    try {
      store = lifecycle.own(Store.start(kind, Folders.made(folder, "store")));
      local = lifecycle.own(LocalMachine.start(plan(kind), Progress.SILENT));
      door = lifecycle.own(Gate.before(HostPort.parse(local.door()).port()));
      startNodes(how);
    } catch (RuntimeException failure) {
      lifecycle.close();
      throw failure;
    }
  }

  /// Starts everything; returns when the door sends calls to both session nodes.
  ///
  /// @param folder an empty one
  public static FaultMachine start(Kind kind, Path folder, Nodes how) {
    return new FaultMachine(kind, folder, how);
  }

  /// How session nodes are run.
  ///
  /// @param inFront see [SessionProcess#prepare]
  /// @param settings that differ from this machine's
  public record Nodes(List<Path> inFront, Map<String, String> settings) {
    public static final Nodes USUAL = new Nodes(List.of(), Map.of());

    public Nodes {
      inFront = List.copyOf(inFront);
      settings = Map.copyOf(settings);
    }
  }

  /// Where clients connect: a gate before Envoy.
  public String door() {
    return door.address();
  }

  public Gate doorGate() {
    return door;
  }

  public Store store() {
    return store;
  }

  public List<SessionProcess> nodes() {
    return List.copyOf(nodes);
  }

  /// SIGKILL.
  public void stopPostgres() {
    local.postgres().server().ifPresent(PostgresServer::kill);
  }

  /// Starts it again with what it had committed.
  public void startPostgres() {
    var _ = local.postgres().start();
  }

  /// Other session nodes in place of those that run.
  public void replaceNodes(Nodes how) {
    nodes.forEach(SessionProcess::close);
    nodes.clear();
    startNodes(how);
  }

  @Override
  public void close() {
    nodes.forEach(SessionProcess::close);
    lifecycle.close();
  }

  private void startNodes(Nodes how) {
    for (int number = 1; number <= NODES; number++) {
      String name = "session-" + number;
      String address = "127.0.0.1:" + FreePort.any();
      Map<String, String> settings = local.settings().of(ServiceName.SESSION, name);
      settings.putAll(how.settings());
      Path own = Folders.made(folder, name + "-" + address.substring(address.indexOf(':') + 1));
      nodes.add(SessionProcess.prepare(name, address, settings, own, how.inFront()));
    }
    nodes.forEach(SessionProcess::begin);
    nodes.forEach(SessionProcess::awaitReady);
    nodes.forEach(node -> local.awaitKnown(HostPort.parse(node.address())));
  }

  private MachinePlan plan(Kind kind) {
    MachinePlan plan =
        MachinePlan.usual(Folders.made(folder, "state"), 0)
            .with(ServiceName.BOT, 0)
            .with(ServiceName.MATCH, 1)
            .with(ServiceName.SESSION, 0)
            .with(ServiceName.BOT, 0)
            .with("identity", "guests.work.asked", "never")
            .with("match", "tickets.enter-within", "60s")
            .with("door", "health.every", "500ms")
            .with("session", "drain.door-pause", "1s")
            .with("session", "stream.heartbeat-every", "2s")
            .with("session", "stream.acknowledge-every", "2s")
            .with("session", "relay.replay", "5000")
            .with("session", "discovery.lease", LEASE.toSeconds() + "s")
            .with("session", "discovery.beat", "1s");
    for (String service : List.of("identity", "match", "session", "door")) {
      plan = plan.with(service, "redis.address", store.address());
    }
    return kind == Kind.REPLICATED ? plan.with("session", "redis.replicas-required", "1") : plan;
  }
}
