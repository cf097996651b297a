package parley.faults.matching;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import parley.domain.NodeId;
import parley.faults.machine.Store;
import parley.platform.auth.AccessKeyFiles;
import parley.platform.auth.AccessTokenSigner;
import parley.platform.auth.SealFiles;
import parley.platform.auth.Seals;
import parley.platform.config.HostPort;
import parley.platform.discovery.LeaseTimes;
import parley.platform.discovery.NodeLease;
import parley.platform.discovery.NodeState;
import parley.platform.discovery.RegisteredNode;
import parley.platform.discovery.ServiceName;
import parley.platform.grpc.ServingPort;
import parley.platform.grpc.ServingPortConfig;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.match.v1.MatchServiceGrpc.MatchServiceStub;
import parley.proto.session.v1.InboxServiceGrpc.InboxServiceImplBase;
import redis.clients.jedis.Jedis;

/// Two match nodes as processes, one Redis behind a gate, and a stand-in for session-svc's inboxes
/// that the nodes find by the directory. Times are short, so that a pause beyond them is short too.
final class MatchPlace implements AutoCloseable {
  private static final int CHANNELS = 4;

  private final Lifecycle lifecycle = new Lifecycle();
  private final Store store;
  private final Path folder;
  private final Pace pace;
  private final Path keys;
  private final List<MatchProcess> nodes = new ArrayList<>();
  private final List<List<ManagedChannel>> channels = new ArrayList<>();
  private final List<ManagedChannel> mesh = new ArrayList<>();

  private MatchPlace(Store.Kind kind, Path folder, List<Path> inFront, Pace pace) {
    this.folder = folder;
    this.pace = pace;
    try {
      this.keys = Files.createDirectories(folder.resolve("keys"));
      AccessKeyFiles.create(keys);
      SealFiles.create(keys.resolve("seals.yaml"));
      Files.writeString(folder.resolve("pools.yaml"), pools(pace));
      store = lifecycle.own(Store.start(kind, Files.createDirectories(folder.resolve("store"))));
    } catch (IOException unwritable) {
      lifecycle.close();
      throw new UncheckedIOException(unwritable);
    }
    for (String name : List.of("match-1", "match-2")) {
      nodes.add(
          lifecycle.own(MatchProcess.prepare(name, settings(kind), folder.resolve(name), inFront)));
    }
    nodes.forEach(MatchProcess::begin);
    nodes.forEach(MatchProcess::awaitReady);
    for (MatchProcess node : nodes) {
      List<ManagedChannel> own = new ArrayList<>();
      for (int i = 0; i < CHANNELS; i++) {
        own.add(channel(node.serving()));
      }
      channels.add(own);
      mesh.add(channel(node.mesh()));
    }
  }

  /// Starts everything; returns when both nodes serve.
  ///
  /// @param folder an empty one
  /// @param inFront see [MatchProcess#prepare]
  static MatchPlace start(Store.Kind kind, Path folder, List<Path> inFront, Pace pace) {
    return new MatchPlace(kind, folder, inFront, pace);
  }

  Store store() {
    return store;
  }

  List<MatchProcess> nodes() {
    return nodes;
  }

  /// A node, drawn.
  MatchServiceStub node(Random random) {
    return MatchServiceGrpc.newStub(
        channels.get(random.nextInt(nodes.size())).get(random.nextInt(CHANNELS)));
  }

  ManagedChannel channel(Random random) {
    return channels.get(random.nextInt(nodes.size())).get(random.nextInt(CHANNELS));
  }

  ManagedChannel mesh(Random random) {
    return mesh.get(random.nextInt(mesh.size()));
  }

  AccessTokenSigner signer() {
    return AccessTokenSigner.open(keys, "parley", "parley", Clock.systemUTC());
  }

  Seals seals() {
    return Seals.open(keys.resolve("seals.yaml"));
  }

  /// Serves inboxes from now on.
  void serve(InboxServiceImplBase inboxes) {
    NodeContext context = NodeContext.of(new NodeId("session-1"));
    ServingPort port =
        lifecycle.own(
            ServingPort.open(
                ServingPortConfig.at(new HostPort("127.0.0.1", 0)),
                List.of(),
                List.of(inboxes),
                context));
    RegisteredNode self =
        new RegisteredNode(
            ServiceName.SESSION, context.id(), port.address(), port.address(), NodeState.READY);
    LeaseTimes often = new LeaseTimes(Duration.ofSeconds(5), Duration.ofMillis(300));
    lifecycle.own(NodeLease.hold(redis(), self, often, context));
    port.ready();
  }

  /// Forgets everything, as a Redis without files does.
  void empty() {
    try (Jedis redis = new Jedis("127.0.0.1", store.primaryPort())) {
      redis.flushAll();
    }
  }

  @Override
  public void close() {
    channels.forEach(own -> own.forEach(ManagedChannel::shutdownNow));
    mesh.forEach(ManagedChannel::shutdownNow);
    lifecycle.close();
  }

  private RedisConfig redis() {
    return new RedisConfig(HostPort.parse(store.address()), "");
  }

  private Map<String, String> settings(Store.Kind kind) {
    Map<String, String> settings = new HashMap<>();
    settings.put("redis.address", store.address());
    settings.put("auth.jwks", AccessKeyFiles.jwks(keys).toString());
    settings.put("auth.seals", keys.resolve("seals.yaml").toString());
    settings.put("pools.file", folder.resolve("pools.yaml").toString());
    settings.put("discovery.lease", ms(pace.lease()));
    settings.put("discovery.beat", ms(pace.beat()));
    settings.put("drain.door-pause", "100ms");
    settings.put("tickets.silence", ms(pace.silence()));
    settings.put("tickets.keep-waiting-every", ms(pace.keepWaitingEvery()));
    settings.put("tickets.kept-in-park", ms(pace.park()));
    settings.put("tickets.enter-within", ms(pace.enter()));
    settings.put("tickets.settle-within", ms(pace.settle()));
    settings.put("tickets.answer-within", ms(pace.answer()));
    settings.put("tickets.longest-wait", ms(pace.longestWait()));
    settings.put("tickets.update-every", "1s");
    settings.put("tickets.update-at-least", ms(pace.updateAtLeast()));
    if (kind == Store.Kind.REPLICATED) {
      settings.put("redis.replicas-required", "1");
    }
    return settings;
  }

  private static String pools(Pace pace) {
    return """
    intents: [talk, dating]
    talk: {to-language: %dms, to-anyone: %dms}
    dating: {to-language: %dms, to-anyone: %dms, acceptance: both}
    """
        .formatted(
            pace.toLanguage().toMillis(),
            pace.toAnyone().toMillis(),
            pace.datingToLanguage().toMillis(),
            pace.datingToAnyone().toMillis());
  }

  private static String ms(Duration duration) {
    return duration.toMillis() + "ms";
  }

  private static ManagedChannel channel(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port)
        .usePlaintext()
        .directExecutor()
        .build();
  }
}
