package parley.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.backing.EnvoyOptions;
import parley.backing.EnvoyServer;
import parley.backing.FreePort;
import parley.backing.NotStarted;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.envoy.DoorNode;
import parley.local.MachinePlan.Transport;
import parley.platform.config.HostPort;
import parley.platform.discovery.ServiceName;
import parley.platform.lifecycle.Lifecycle;
import parley.site.SiteNode;

/// Parley on one machine: all services in this JVM, several nodes of some, behind a real Envoy and
/// on a real Redis and PostgreSQL.
///
/// When [#start] returns, the door answers and knows every node. Closing it ends all of it; if the
/// JVM is killed, Redis, PostgreSQL and Envoy end with it. What was written stays in the state
/// folder.
public final class LocalMachine implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final int CONNECTIONS = 10_000;
  private static final long ENVOY_HEAP = 1L << 30;

  private final Lifecycle lifecycle = new Lifecycle();
  private final List<LocalNode> nodes = new CopyOnWriteArrayList<>();
  private final RedisServer redis;
  private final LocalPostgres postgres;
  private final NodeSettings settings;
  private final Optional<LocalCertificate> certificate;
  private final int port;
  private final int xds;
  private final EnvoyServer envoy;
  private final Optional<SiteNode> page;
  private @Nullable DoorNode door;

  private LocalMachine(MachinePlan plan, Progress progress) {
    try {
      Path state = plan.state().toAbsolutePath().normalize();
      lifecycle.own(StateLock.take(state));
      port = freeDoor(plan.port());
      xds = FreePort.any();
      Secrets secrets = Secrets.in(state);
      certificate =
          plan.transport() == Transport.TLS
              ? Optional.of(LocalCertificate.in(state))
              : Optional.empty();
      progress.tell("state is in " + state);
      redis = lifecycle.own(RedisServer.start(RedisOptions.kept(Folders.in(state, "redis"), 0)));
      progress.tell("Redis at " + redis.address());
      postgres = lifecycle.own(new LocalPostgres(Folders.in(state, "postgres"), FreePort.any()));
      settings = new NodeSettings(plan, secrets, redis.address(), postgres.settings());
      page = openPage();
      Future<EnvoyServer> opening;
      try (ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<String> lasting = starts.submit(postgres::start);
        opening = starts.submit(() -> lifecycle.own(openEnvoy(Folders.in(state, "envoy"))));
        List<Future<LocalNode>> started =
            names(plan).map(name -> starts.submit(() -> add(name.service(), name.node()))).toList();
        started.forEach(node -> progress.tell(line(result(node))));
        progress.tell(result(lasting));
      }
      envoy = result(opening);
      envoy.awaitLive(PATIENCE);
      awaitKnown();
      progress.tell("Envoy, the door, at " + door() + ", admin at " + envoy.adminAddress());
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /// Starts everything.
  ///
  /// @throws NotStarted with a sentence for a person; nothing is left running then
  public static LocalMachine start(MachinePlan plan, Progress progress) {
    return new LocalMachine(plan, progress);
  }

  /// `127.0.0.1:port`, what clients connect to.
  public String door() {
    return "127.0.0.1:" + port;
  }

  /// Where a browser finds the page; empty if this machine has none.
  public Optional<String> page() {
    String scheme = certificate.isPresent() ? "https" : "http";
    return page.map(_ -> scheme + "://localhost:" + port);
  }

  /// The door's certificate in PEM, for clients to trust; empty if it speaks plain HTTP.
  public Optional<Path> certificate() {
    return certificate.map(LocalCertificate::chain);
  }

  public RedisServer redis() {
    return redis;
  }

  /// What lasts; may be killed and started again.
  public LocalPostgres postgres() {
    return postgres;
  }

  public EnvoyServer envoy() {
    return envoy;
  }

  public List<LocalNode> nodes() {
    return List.copyOf(nodes);
  }

  /// The nodes of one service.
  public List<LocalNode> nodes(ServiceName service) {
    return nodes.stream().filter(node -> node.service().equals(service.text())).toList();
  }

  /// What a node of this machine is configured with, whether it runs here or as a process.
  public NodeSettings settings() {
    return settings;
  }

  /// Starts one more node; the door finds it by itself.
  public LocalNode add(ServiceName service, String node) {
    LocalNode added = NodeStarts.start(service, settings.of(service, node));
    nodes.add(added);
    return added;
  }

  /// Closes a node, drained or not.
  public void remove(LocalNode node) {
    nodes.remove(node);
    node.node().close();
  }

  /// Ends the control plane; Envoy goes on with what it knows.
  public void closeControlPlane() {
    if (door != null) {
      door.close();
    }
  }

  /// Starts the control plane anew where Envoy looks for it.
  public void reopenControlPlane() {
    door = openDoor();
  }

  /// Returns when Envoy sends calls to this address, because it found it healthy.
  ///
  /// @throws NotStarted if that takes too long
  public void awaitKnown(HostPort serving) {
    String healthy = "::" + serving + "::health_flags::healthy";
    await(
        "Envoy did not find " + serving + " healthy",
        () -> envoy.admin("GET", "/clusters").contains(healthy));
  }

  @Override
  public void close() {
    List<LocalNode> open = new ArrayList<>(nodes).reversed();
    nodes.clear();
    Lifecycle closing = new Lifecycle();
    closing.own(lifecycle);
    open.forEach(node -> closing.own(node.node()));
    if (door != null) {
      closing.own(door);
    }
    closing.close();
  }

  private void awaitKnown() {
    nodes.stream().filter(LocalNode::isRouted).forEach(node -> awaitKnown(node.serving()));
    await("blocks were not read", () -> nodes.stream().allMatch(LocalNode::pairs));
  }

  private static void await(String otherwise, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new NotStarted(otherwise + " in " + PATIENCE);
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private Optional<SiteNode> openPage() {
    return settings.site().isEmpty()
        ? Optional.empty()
        : Optional.of(lifecycle.own(NodeStarts.site(settings.site())));
  }

  private DoorNode openDoor() {
    Map<String, String> values = new HashMap<>(settings.door("door-1", port, xds));
    page.ifPresent(site -> values.put("site.address", site.serving().toString()));
    certificate.ifPresent(
        files -> {
          values.put("tls.certificate", files.chain().toString());
          values.put("tls.key", files.key().toString());
        });
    return NodeStarts.door(values);
  }

  private EnvoyServer openEnvoy(Path folder) {
    DoorNode control = openDoor();
    door = control;
    Path bootstrap = folder.resolve("bootstrap.yaml");
    control.bootstrap(new HostPort("127.0.0.1", 0), CONNECTIONS, ENVOY_HEAP).write(bootstrap);
    return EnvoyServer.start(EnvoyOptions.kept(bootstrap, folder));
  }

  private static <T> T result(Future<T> started) {
    try {
      return started.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException why) {
        throw why;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotStarted("interrupted while starting");
    }
  }

  private static int freeDoor(int wished) {
    if (wished == 0) {
      return FreePort.any();
    }
    if (!FreePort.free(wished)) {
      throw new NotStarted(
          "port " + wished + " is taken by another process: choose another with --port N");
    }
    return wished;
  }

  private record Name(ServiceName service, String node) {}

  private static Stream<Name> names(MachinePlan plan) {
    return Stream.of(ServiceName.values())
        .flatMap(
            service ->
                IntStream.rangeClosed(1, plan.nodes().getOrDefault(service, 0))
                    .mapToObj(number -> new Name(service, service.text() + "-" + number)));
  }

  private static String line(LocalNode node) {
    return "%s at %s, admin at %s, metrics at http://%s/metrics"
        .formatted(node.id(), node.serving(), node.adminGrpc(), node.adminHttp());
  }
}
