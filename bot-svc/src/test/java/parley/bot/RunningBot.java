package parley.bot;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.platform.config.HostPort;
import parley.platform.config.Settings;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.proto.bot.v1.BotServiceGrpc;
import parley.proto.bot.v1.InviteRequest;
import parley.proto.bot.v1.InviteResponse;
import parley.proto.bot.v1.ReserveRequest;
import parley.proto.bot.v1.ReserveResponse;
import parley.proto.bot.v1.Reserved;
import parley.testing.TestRedis;

/// A node of bot-svc in a [FakeHouse], and what match-svc would ask of it.
final class RunningBot implements AutoCloseable {
  final RedisConfig redis = new RedisConfig(HostPort.parse(TestRedis.shared()), TestRedis.prefix());
  final FakeHouse house;
  final NodeContext context = NodeContext.of(new NodeId("bot-1"));
  private final Lifecycle lifecycle = new Lifecycle();
  private final Map<String, String> settings = new HashMap<>();
  private BotNode node;
  private ManagedChannel channel;
  private int tickets;

  RunningBot() {
    house = lifecycle.own(new FakeHouse(redis));
    settings.put("node.id", "bot-1");
    settings.put("redis.address", TestRedis.shared());
    settings.put("redis.prefix", redis.prefix());
    settings.put("companion.banks", "leave");
    settings.put("conversations.gather", "20ms");
    settings.put("conversations.gather-at-most", "60ms");
  }

  RunningBot with(String name, String value) {
    settings.put(name, value);
    return this;
  }

  boolean has(String name) {
    return settings.containsKey(name);
  }

  RunningBot start() {
    node = lifecycle.own(BotNode.start(BotConfig.read(Settings.of(settings)), context));
    return this;
  }

  BotNode node() {
    return node;
  }

  BotServiceGrpc.BotServiceBlockingStub calls() {
    if (channel == null) {
      channel =
          NettyChannelBuilder.forAddress(node.mesh().host(), node.mesh().port())
              .usePlaintext()
              .build();
      lifecycle.own(channel::shutdownNow);
    }
    return BotServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  ReserveResponse reserve() {
    return calls()
        .reserve(ReserveRequest.newBuilder().setTicketId("%022d".formatted(++tickets)).build());
  }

  InviteResponse invite(Reserved reserved, SessionId session, String... tags) {
    return calls()
        .invite(
            InviteRequest.newBuilder()
                .setReservationId(reserved.getReservationId())
                .setSessionId(session.text())
                .setGrant(ByteString.copyFromUtf8("grant"))
                .setEnterWithin(com.google.protobuf.Duration.newBuilder().setSeconds(10))
                .addAllTags(java.util.List.of(tags))
                .addLanguages("en")
                .setCohort(parley.proto.domain.v1.Cohort.COHORT_ADULT)
                .setDeviceId(ByteString.copyFrom(new byte[8]))
                .build());
  }

  /// Reserves, invites, and lets the AI peer in.
  FakeSession talk(String... tags) {
    var _ = invite(reserve().getReserved(), SessionId.random(context.random()), tags);
    return house.next().letIn(1, 0);
  }

  double counted(String name, String label, String value) {
    var counter = context.meters().find(name).tag(label, value).counter();
    return counter == null ? 0 : counter.count();
  }

  double taken() {
    return context.meters().get("parley.bot.places.taken").gauge().value();
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
