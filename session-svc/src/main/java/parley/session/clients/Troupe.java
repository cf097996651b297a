package parley.session.clients;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.stub.MetadataUtils;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import parley.domain.Cohort;
import parley.domain.CorrelationId;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.Gender;
import parley.domain.MemberKind;
import parley.domain.Mode;
import parley.domain.ParticipantId;
import parley.domain.Principal;
import parley.domain.SessionId;
import parley.platform.auth.AccessTokenSigner;
import parley.platform.auth.MemberHash;
import parley.platform.auth.Purpose;
import parley.platform.auth.Seals;
import parley.platform.config.HostPort;
import parley.platform.grpc.DomainWords;
import parley.platform.lifecycle.NodeContext;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.SessionServiceGrpc;
import parley.proto.session.v1.SessionServiceGrpc.SessionServiceStub;
import parley.proto.token.v1.Grant;
import parley.proto.token.v1.GrantMember;

/// Those who play the members in a rehearsal: participants of their own, with tokens and grants
/// that are good nowhere else.
public final class Troupe implements AutoCloseable {
  private static final Duration GOOD_FOR = Duration.ofMinutes(5);
  private static final int CHANNELS = 2;
  private static final Metadata.Key<String> AUTHORIZATION = header("authorization");
  private static final Metadata.Key<String> SESSION = header("x-parley-session");

  private final NodeContext context;
  private final Seals seals;
  private final EventLoopGroup loop;
  private final List<ManagedChannel> toOne;
  private final List<ManagedChannel> toOther;
  private final List<Actor> actors = new ArrayList<>();

  private Troupe(Stages stages, NodeContext context) {
    this.context = context;
    this.seals = Seals.open(stages.seals());
    loop =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory(context.id() + "-troupe", true), NioIoHandler.newFactory());
    toOne = channels(stages.one());
    toOther = channels(stages.other());
  }

  /// @param signer of tokens that both stages take
  public static Troupe gather(
      Stages stages, AccessTokenSigner signer, int pairs, NodeContext context) {
    Troupe troupe = new Troupe(stages, context);
    for (int i = 0; i < 2 * pairs; i++) {
      Principal who = troupe.someone();
      String token = signer.sign(who, GOOD_FOR);
      troupe.actors.add(new Actor(who.participant(), "Bearer " + token, i % CHANNELS));
    }
    return troupe;
  }

  /// Plays once: in new sessions, all at once, every member is cut at one stage and comes back at
  /// the other, several times. Blocks until all have heard everything and left.
  ///
  /// @throws CompletionException if one was not let back in, or not in time
  public void play(Duration within) {
    List<Scene> scenes = new ArrayList<>();
    for (int i = 0; i < actors.size(); i += 2) {
      scenes.add(begin(actors.get(i), actors.get(i + 1)));
    }
    CompletableFuture<?>[] ends = scenes.stream().map(Scene::end).toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(ends).orTimeout(within.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  @Override
  public void close() {
    toOne.forEach(ManagedChannel::shutdownNow);
    toOther.forEach(ManagedChannel::shutdownNow);
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }

  private List<ManagedChannel> channels(HostPort stage) {
    return IntStream.range(0, CHANNELS).mapToObj(_ -> channel(stage)).toList();
  }

  private ManagedChannel channel(HostPort stage) {
    return NettyChannelBuilder.forAddress(new InetSocketAddress(stage.host(), stage.port()))
        .eventLoopGroup(loop)
        .channelType(NioSocketChannel.class)
        .directExecutor()
        .usePlaintext()
        .build();
  }

  private Principal someone() {
    RandomGenerator random = context.random();
    return new Principal(
        ParticipantId.random(random),
        DeviceId.random(random),
        FamilyId.random(random),
        Cohort.ADULT,
        Gender.UNSTATED,
        MemberKind.PERSON);
  }

  private Scene begin(Actor first, Actor second) {
    SessionId session = SessionId.random(context.random());
    Enter enter =
        Enter.newBuilder()
            .setSessionId(session.text())
            .setGrant(grant(session, first, second))
            .build();
    return new Scene(enter(first, session, enter), enter(second, session, enter));
  }

  private Player enter(Actor actor, SessionId session, Enter enter) {
    return Player.enter(enter, List.of(stub(toOne, actor, session), stub(toOther, actor, session)));
  }

  private static SessionServiceStub stub(
      List<ManagedChannel> channels, Actor actor, SessionId session) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, actor.authorization());
    headers.put(SESSION, session.text());
    return SessionServiceGrpc.newStub(channels.get(actor.channel()))
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private ByteString grant(SessionId session, Actor first, Actor second) {
    Grant grant =
        Grant.newBuilder()
            .setSessionId(ByteString.copyFrom(session.bytes()))
            .addMembers(member(first, session))
            .addMembers(member(second, session))
            .setMode(DomainWords.write(Mode.TEXT))
            .setCohort(DomainWords.write(Cohort.ADULT))
            .setEnterByMs(context.clock().instant().plus(GOOD_FOR).toEpochMilli())
            .setCorrelationId(CorrelationId.random(context.random()).text())
            .build();
    return ByteString.copyFrom(seals.seal(Purpose.GRANT, grant.toByteArray()));
  }

  private static GrantMember member(Actor actor, SessionId session) {
    return GrantMember.newBuilder()
        .setParticipantHash(ByteString.copyFrom(MemberHash.of(actor.who(), session)))
        .setKind(DomainWords.write(MemberKind.PERSON))
        .build();
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  /// Where they play: two nodes, and the secrets that both seal with.
  public record Stages(HostPort one, HostPort other, Path seals) {}

  /// @param channel by which it goes to either stage
  private record Actor(ParticipantId who, String authorization, int channel) {}

  private record Scene(Player first, Player second) {
    CompletableFuture<Void> end() {
      return CompletableFuture.allOf(first.played(), second.played())
          .thenRun(first::leave)
          .thenCompose(_ -> CompletableFuture.allOf(first.over(), second.over()));
    }
  }
}
