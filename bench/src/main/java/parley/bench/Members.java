package parley.bench;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.SessionServiceGrpc;

/// Pairs of members on one server, each member on a connection of its own, driven by one thread.
final class Members implements AutoCloseable {
  private static final String TEXT = "x".repeat(128);

  private final String address;
  private final Passport passport;
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<PingPong> servers = new ArrayList<>();
  private final LongAdder delivered = new LongAdder();

  Members(String address, Passport passport) {
    this.address = address;
    this.passport = passport;
  }

  /// Brings so many pairs into sessions of their own; returns when all have entered.
  void enter(int pairs) {
    List<PingPong> all = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      SessionId session = passport.session();
      ParticipantId one = passport.participant();
      ParticipantId other = passport.participant();
      Enter enter =
          Enter.newBuilder()
              .setSessionId(session.text())
              .setGrant(passport.grant(session, one, other))
              .build();
      PingPong first = member(one, session, enter);
      all.add(first);
      all.add(member(other, session, enter));
      servers.add(first);
    }
    all.forEach(member -> member.entered().orTimeout(30, TimeUnit.SECONDS).join());
  }

  /// Adds so many texts to those on their way in each pair.
  void serve(int texts) {
    servers.forEach(member -> member.serve(texts));
  }

  long delivered() {
    return delivered.sum();
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }

  private PingPong member(ParticipantId participant, SessionId session, Enter enter) {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(address)
            .usePlaintext()
            .directExecutor()
            .eventLoopGroup(loop)
            .channelType(EpollSocketChannel.class)
            .build();
    channels.add(channel);
    return PingPong.enter(
        SessionServiceGrpc.newStub(channel)
            .withCallCredentials(passport.credentials(participant, session)),
        enter,
        TEXT,
        delivered);
  }
}
