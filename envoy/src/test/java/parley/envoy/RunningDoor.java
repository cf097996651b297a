package parley.envoy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import parley.backing.EnvoyOptions;
import parley.backing.EnvoyServer;
import parley.domain.NodeId;
import parley.platform.config.HostPort;
import parley.platform.config.Settings;
import parley.platform.discovery.LeaseTimes;
import parley.platform.discovery.NodeLease;
import parley.platform.discovery.RegisteredNode;
import parley.platform.discovery.ServiceName;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.testing.Eventually;
import parley.testing.TestRedis;

/// A control plane and a real Envoy, with a Redis keyspace and keys of their own. Nodes register as
/// in earnest.
final class RunningDoor implements AutoCloseable {
  private static final LeaseTimes LEASE =
      new LeaseTimes(Duration.ofSeconds(3), Duration.ofMillis(500));

  private final Lifecycle lifecycle = new Lifecycle();
  private final Path folder;
  final RedisConfig redis = new RedisConfig(HostPort.parse(TestRedis.shared()), TestRedis.prefix());
  final TestTokens tokens;
  final NodeContext context = NodeContext.of(new NodeId("door-1"));
  private final Map<String, String> settings = new TreeMap<>();

  private RunningDoor(Map<String, String> overrides) {
    try {
      folder = Files.createTempDirectory("parley-door-");
    } catch (IOException noFolder) {
      throw new UncheckedIOException(noFolder);
    }
    tokens = new TestTokens(folder.resolve("keys"));
    settings.put("node.id", "door-1");
    settings.put("redis.address", redis.address().toString());
    settings.put("redis.prefix", redis.prefix());
    settings.put("auth.jwks", tokens.jwks().toString());
    settings.put("listener.address", "127.0.0.1:0");
    settings.put("address-limit.burst", "100000");
    settings.put("address-limit.per-second", "100000");
    settings.put("cors.origins", "https://good.example");
    settings.put("health.every", "200ms");
    settings.put("registry.poll", "50ms");
    settings.put("registry.grace", "2s");
    settings.putAll(overrides);
  }

  /// Settings that differ from those of the tests' own.
  static RunningDoor prepare(Map<String, String> overrides) {
    return new RunningDoor(overrides);
  }

  Map<String, String> settings() {
    return settings;
  }

  Path folder() {
    return folder;
  }

  /// The control plane, in this process; closed with this, or earlier by whoever holds it.
  DoorNode startControlPlane() {
    return lifecycle.own(DoorNode.start(DoorConfig.read(Settings.of(settings)), context));
  }

  /// Envoy, once it serves. Needs a node that is registered.
  EnvoyServer startEnvoy(Path bootstrap) {
    EnvoyServer envoy = own(EnvoyServer.start(EnvoyOptions.kept(bootstrap, folder)));
    envoy.awaitLive(Duration.ofSeconds(20));
    return envoy;
  }

  EnvoyServer startEnvoy(DoorNode door) {
    Path file = folder.resolve("bootstrap.yaml");
    door.bootstrap(new HostPort("127.0.0.1", 0), 1_000, 512L * 1024 * 1024).write(file);
    return startEnvoy(file);
  }

  <T extends AutoCloseable> T own(T part) {
    return lifecycle.own(part);
  }

  EchoNode startNode(String id, ServiceName... services) {
    EchoNode node = lifecycle.own(new EchoNode(id));
    for (ServiceName service : services) {
      var _ = register(node.as(service));
    }
    return node;
  }

  NodeLease register(RegisteredNode node) {
    return lifecycle.own(NodeLease.hold(redis, node, LEASE, NodeContext.of(node.node())));
  }

  /// Nodes take traffic after their first good health check.
  static void awaitHealthy(EnvoyServer envoy, ServiceName service, int count) {
    Eventually.holds(
        count + " nodes of " + service.text() + " are healthy",
        () ->
            envoy
                    .admin("GET", "/clusters")
                    .lines()
                    .filter(line -> line.startsWith(service.text() + "::127.0.0.1:"))
                    .filter(line -> line.endsWith("::health_flags::healthy"))
                    .count()
                == count);
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
