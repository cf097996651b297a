package parley.match;

import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.Gender;
import parley.domain.MemberKind;
import parley.domain.NodeId;
import parley.domain.ParticipantId;
import parley.domain.Principal;
import parley.platform.auth.AccessKeyFiles;
import parley.platform.auth.AccessTokenSigner;
import parley.platform.auth.Purpose;
import parley.platform.auth.Revocation;
import parley.platform.auth.RevocationStream;
import parley.platform.auth.SealFiles;
import parley.platform.auth.Seals;
import parley.platform.config.HostPort;
import parley.platform.config.Settings;
import parley.platform.discovery.LeaseTimes;
import parley.platform.discovery.MeshChannels;
import parley.platform.discovery.NodeDirectory;
import parley.platform.discovery.NodeLease;
import parley.platform.discovery.NodeState;
import parley.platform.discovery.RegisteredNode;
import parley.platform.discovery.Room;
import parley.platform.discovery.ServiceName;
import parley.platform.grpc.ServingPort;
import parley.platform.grpc.ServingPortConfig;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.RedisStore;
import parley.proto.match.v1.RefusalServiceGrpc;
import parley.proto.match.v1.RefusalServiceGrpc.RefusalServiceBlockingStub;
import parley.proto.match.v1.SettlementServiceGrpc;
import parley.proto.match.v1.SettlementServiceGrpc.SettlementServiceBlockingStub;
import parley.proto.session.v1.DeliverRequest;
import parley.proto.session.v1.DeliverResponse;
import parley.proto.session.v1.Delivered;
import parley.proto.session.v1.InboxServiceGrpc.InboxServiceImplBase;
import parley.proto.token.v1.Grant;
import parley.testing.TestRedis;
import redis.clients.jedis.params.XAddParams;

/// One installation of match-svc for a test: keys, nodes, and people who ask for somebody.
final class Matches implements AutoCloseable {
  private static final RandomGenerator RANDOM = RandomGenerator.getDefault();
  private static final LeaseTimes QUICK =
      new LeaseTimes(Duration.ofSeconds(15), Duration.ofMillis(200));

  private final Lifecycle lifecycle = new Lifecycle();
  private final RedisConfig redis =
      new RedisConfig(HostPort.parse(TestRedis.shared()), TestRedis.prefix());
  private final Path jwks;
  private final Path sealFile;
  private final AccessTokenSigner signer;
  private @Nullable MeshChannels mesh;

  Matches() {
    Path keys = temporary();
    AccessKeyFiles.create(keys);
    jwks = AccessKeyFiles.jwks(keys);
    sealFile = keys.resolve("seals.yaml");
    SealFiles.create(sealFile);
    signer = AccessTokenSigner.open(keys, "parley", "parley", Clock.systemUTC());
  }

  RedisConfig redis() {
    return redis;
  }

  MatchNode node(String id) {
    return node(id, Map.of());
  }

  MatchNode node(String id, Map<String, String> more) {
    Map<String, String> values = new HashMap<>();
    values.put("node.id", id);
    values.put("redis.address", redis.address().toString());
    values.put("redis.prefix", redis.prefix());
    values.put("auth.jwks", jwks.toString());
    values.put("auth.seals", sealFile.toString());
    values.put("drain.door-pause", "1ms");
    values.put("tickets.update-every", "50ms");
    values.putAll(more);
    MatchConfig config = MatchConfig.read(Settings.of(values));
    return lifecycle.own(MatchNode.start(config, NodeContext.of(new NodeId(id))));
  }

  /// Somebody of whom nothing is stated.
  Principal person() {
    return person(Gender.UNSTATED);
  }

  Principal person(Gender gender) {
    return new Principal(
        ParticipantId.random(RANDOM),
        DeviceId.random(RANDOM),
        FamilyId.random(RANDOM),
        Cohort.ADULT,
        gender,
        MemberKind.PERSON);
  }

  /// What bot-svc enters conversations as.
  Principal aiPeer() {
    Principal person = person();
    return new Principal(
        person.participant(),
        person.device(),
        person.family(),
        person.cohort(),
        person.gender(),
        MemberKind.AI);
  }

  /// A person at a node.
  Seeker seeker(Principal who, MatchNode node) {
    return lifecycle.own(new Seeker(signer.sign(who, Duration.ofMinutes(10)), node.serving()));
  }

  /// As session-svc reaches us.
  SettlementServiceBlockingStub settlement() {
    return SettlementServiceGrpc.newBlockingStub(mesh()).withWaitForReady();
  }

  /// As session-svc reaches us.
  RefusalServiceBlockingStub refusal() {
    return RefusalServiceGrpc.newBlockingStub(mesh()).withWaitForReady();
  }

  /// A session-svc that takes what is delivered to inboxes, and nothing else.
  List<DeliverRequest> inboxes() {
    List<DeliverRequest> told = new CopyOnWriteArrayList<>();
    InboxServiceImplBase inboxes =
        new InboxServiceImplBase() {
          @Override
          public void deliver(DeliverRequest request, StreamObserver<DeliverResponse> caller) {
            told.add(request);
            caller.onNext(
                DeliverResponse.newBuilder().setDelivered(Delivered.getDefaultInstance()).build());
            caller.onCompleted();
          }
        };
    serve(ServiceName.SESSION, "session-1", inboxes);
    return told;
  }

  /// A node of bot-svc.
  FakeBot bot(String id) {
    FakeBot bot = new FakeBot(id);
    serve(ServiceName.BOT, id, bot, () -> new Room(bot.places));
    return bot;
  }

  private void serve(ServiceName name, String id, BindableService service) {
    serve(name, id, service, () -> Room.UNBOUNDED);
  }

  private void serve(ServiceName name, String id, BindableService service, Supplier<Room> room) {
    NodeContext context = NodeContext.of(new NodeId(id));
    HostPort anywhere = new HostPort("127.0.0.1", 0);
    ServingPort port =
        lifecycle.own(
            ServingPort.open(ServingPortConfig.at(anywhere), List.of(), List.of(service), context));
    RegisteredNode self =
        new RegisteredNode(name, context.id(), port.address(), port.address(), NodeState.READY);
    lifecycle.own(NodeLease.hold(redis, self, room, QUICK, context));
    port.ready();
  }

  private ManagedChannel mesh() {
    if (mesh == null) {
      NodeDirectory directory = lifecycle.own(NodeDirectory.over(redis));
      mesh =
          lifecycle.own(MeshChannels.over(directory, NodeContext.of(new NodeId("session-caller"))));
    }
    return mesh.channel(ServiceName.MATCH);
  }

  Grant open(byte[] grant) {
    try {
      return Grant.parseFrom(Seals.open(sealFile).open(Purpose.GRANT, grant).orElseThrow());
    } catch (IOException notAGrant) {
      throw new UncheckedIOException(notAGrant);
    }
  }

  /// Redis loses all that matching keeps of adults.
  void forget() {
    try (RedisStore store = RedisStore.open(redis)) {
      store.commands().keys(redis.prefix() + "[{]m18[}]*").forEach(store.commands()::del);
    }
  }

  /// What identity-svc does.
  void revoke(Principal who) {
    try (RedisStore store = RedisStore.open(redis)) {
      byte[] revocation = RevocationStream.write(Revocation.of(who.family()));
      store
          .commands()
          .xadd(
              RevocationStream.key(redis).getBytes(StandardCharsets.UTF_8),
              XAddParams.xAddParams(),
              Map.of(RevocationStream.FIELD.getBytes(StandardCharsets.UTF_8), revocation));
    }
  }

  @Override
  public void close() {
    lifecycle.close();
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("parley-match");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
