package parley.bench;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import parley.backing.EnvoyOptions;
import parley.backing.EnvoyServer;
import parley.backing.FreePort;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.envoy.DoorConfig;
import parley.envoy.DoorNode;
import parley.platform.config.HostPort;
import parley.platform.config.Settings;
import parley.platform.lifecycle.Lifecycle;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.match.v1.MatchServiceGrpc.MatchServiceStub;

/// One match node as a process, one Redis, and the connections of those who call it.
final class PairPlace implements AutoCloseable {
  private static final int CHANNELS = 4;
  private static final Duration LIVE_WITHIN = Duration.ofSeconds(30);
  private static final int CONNECTIONS = 1_000;
  private static final long ENVOY_HEAP = 1L << 30;

  private final Lifecycle lifecycle = new Lifecycle();
  private final RedisServer redis;
  private final ServerProcess node;
  private final List<ManagedChannel> open;
  private final ManagedChannel mesh;

  /// How people reach the node.
  enum Way {
    STRAIGHT,
    /// Through a real Envoy, which checks each token.
    BY_THE_DOOR
  }

  private PairPlace(Path folder, Passport passport, Way way) {
    int serving = FreePort.any();
    int settling = FreePort.any();
    try {
      redis = lifecycle.own(RedisServer.start(RedisOptions.fleeting()));
      var _ = Cores.SERVERS.keep(redis.pid());
      node = lifecycle.own(start(folder, passport, redis.address(), serving, settling));
      var _ = Cores.SERVERS.keep(node.process().pid());
      int entrance = way == Way.STRAIGHT ? serving : openDoor(folder, passport);
      open = Stream.generate(() -> channel(entrance)).limit(CHANNELS).toList();
      mesh = channel(settling);
    } catch (RuntimeException failure) {
      lifecycle.close();
      throw failure;
    }
  }

  static PairPlace open(Path folder, Passport passport, Way way) {
    return new PairPlace(folder, passport, way);
  }

  MatchServiceStub serving(int number) {
    return MatchServiceGrpc.newStub(open.get(Math.floorMod(number, CHANNELS)));
  }

  ManagedChannel mesh() {
    return mesh;
  }

  ProcessCpu nodeCpu() {
    return node.cpu();
  }

  ProcessCpu redisCpu() {
    return new ProcessCpu(redis.pid());
  }

  @Override
  public void close() {
    open.forEach(ManagedChannel::shutdownNow);
    mesh.shutdownNow();
    lifecycle.close();
  }

  private int openDoor(Path folder, Passport passport) {
    int port = FreePort.any();
    Map<String, String> settings = new TreeMap<>();
    settings.put("node.id", "door-bench");
    settings.put("redis.address", redis.address());
    settings.put("auth.jwks", passport.jwks().toString());
    settings.put("listener.address", "127.0.0.1:" + port);
    settings.put("address-limit.burst", "1000000");
    settings.put("address-limit.per-second", "1000000");
    settings.put("health.every", "200ms");
    DoorNode door = lifecycle.own(DoorNode.start(DoorConfig.read(Settings.of(settings))));
    Path bootstrap = folder.resolve("bootstrap.yaml");
    door.bootstrap(new HostPort("127.0.0.1", 0), CONNECTIONS, ENVOY_HEAP).write(bootstrap);
    EnvoyServer envoy = lifecycle.own(EnvoyServer.start(EnvoyOptions.fleeting(bootstrap)));
    envoy.awaitLive(LIVE_WITHIN);
    return port;
  }

  private static ServerProcess start(
      Path folder, Passport passport, String redis, int serving, int mesh) {
    try {
      Path config =
          Files.writeString(
              folder.resolve("match.yaml"),
              """
              node: {id: match-bench}
              serving: {address: "127.0.0.1:%d"}
              mesh: {address: "127.0.0.1:%d"}
              redis: {address: "%s"}
              auth: {jwks: "%s", seals: "%s"}
              tickets: {silence: 10m}
              """
                  .formatted(serving, mesh, redis, passport.jwks(), passport.secrets()));
      return ServerProcess.start("parley.match.MatchMain", "--config", config.toString());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static ManagedChannel channel(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }
}
