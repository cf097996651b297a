package parley.client;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NegotiationType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import parley.client.call.ClientTimes;
import parley.client.call.Door;
import parley.client.call.Face;
import parley.client.call.ServerAddress;
import parley.client.conversation.Conversation;
import parley.client.conversation.ConversationListener;
import parley.client.conversation.ConversationState;
import parley.client.identity.Caller;
import parley.client.identity.GuestWish;
import parley.client.identity.Identity;
import parley.client.identity.IssuedCaller;
import parley.client.search.Companionship;
import parley.client.search.Lookout;
import parley.client.search.Match;
import parley.client.search.PeerSearch;
import parley.client.search.SearchListener;
import parley.client.web.WebChannel;
import parley.proto.match.v1.Criteria;
import parley.proto.session.v1.ReadReceipts;

/// A way to one Parley server. Any number of guests, searches and conversations may share it; over
/// the native face they share one connection. Thread-safe.
///
/// It owns its threads, and closing it ends them and every call; who opened an identity, a search
/// or a conversation closes that before.
public final class Parley implements AutoCloseable {
  private static final int KEEPALIVE_SECONDS = 20;
  private static final int CLOSE_SECONDS = 5;

  private final Door door;
  private final Runnable closing;

  private Parley(Door door, Runnable closing) {
    this.door = door;
    this.closing = closing;
  }

  /// Connects at the first call, not before: a server that is not there is told by that call.
  public static Parley connect(ServerAddress server, Face face) {
    return connect(server, face, ClientTimes.DEFAULTS);
  }

  public static Parley connect(ServerAddress server, Face face, ClientTimes times) {
    SecureRandom random = new SecureRandom();
    return switch (face) {
      case WEB -> {
        WebChannel channel = WebChannel.open(server.uri());
        yield new Parley(new Door(channel, face, times, random, () -> {}), channel::close);
      }
      case NATIVE -> {
        EventLoopGroup threads =
            new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("parley client", true), NioIoHandler.newFactory());
        ManagedChannel channel = nativeChannel(server, threads);
        yield new Parley(
            new Door(channel, face, times, random, channel::resetConnectBackoff),
            () -> close(channel, threads));
      }
    };
  }

  /// A way by a channel that is there already, over the native face; its owner closes it after
  /// this.
  public static Parley over(Channel channel, ClientTimes times) {
    Door door = new Door(channel, Face.NATIVE, times, new SecureRandom(), () -> {});
    return new Parley(door, () -> {});
  }

  /// Somebody whose access tokens are issued by others, to enter conversations with.
  ///
  /// @param issuer as in [IssuedCaller]
  public Caller caller(Supplier<String> issuer) {
    return new IssuedCaller(door, issuer);
  }

  /// Becomes a guest. Blocks.
  ///
  /// @throws parley.client.identity.GuestDenied if the server or the person says no
  /// @throws parley.client.call.CallRefused if the server is not there
  public Identity newGuest(GuestWish wish) {
    return Identity.create(door, wish);
  }

  /// Becomes again the guest whose refresh token was kept; a new one if that guest is over. Blocks.
  public Identity guest(GuestWish wish, String refreshToken) {
    return Identity.restore(door, wish, refreshToken);
  }

  /// Looks for somebody to talk to.
  public PeerSearch search(Identity me, Criteria criteria, SearchListener listener) {
    return PeerSearch.start(door, me, criteria, listener);
  }

  /// Looks on with the ticket of a search whose peer is lost.
  public PeerSearch searchOn(
      Identity me, Criteria criteria, String ticketId, SearchListener listener) {
    return PeerSearch.takeUp(door, me, criteria, ticketId, listener);
  }

  /// Looks after the search of somebody who talks with an AI peer now.
  ///
  /// @param match with the AI, as a search told it
  public Companionship companionship(Identity me, Match match, Consumer<Lookout> listener) {
    return Companionship.begin(door, me, match, listener);
  }

  /// Enters the conversation that a search found; tells what was read.
  public Conversation enter(Identity me, Match match, ConversationListener listener) {
    return enter(me, match, ReadReceipts.READ_RECEIPTS_SHOWN, listener);
  }

  /// Enters the conversation that a search found.
  public Conversation enter(
      Identity me, Match match, ReadReceipts readReceipts, ConversationListener listener) {
    return resume(
        me,
        ConversationState.toEnter(
            match.sessionId(), match.grant(), match.correlationId(), readReceipts),
        listener);
  }

  /// Enters a conversation by its grant, or comes back to it after a reload.
  public Conversation resume(Caller me, ConversationState state, ConversationListener listener) {
    return Conversation.open(door, me, state, listener);
  }

  @Override
  public void close() {
    closing.run();
  }

  /// Callbacks only hand over to a loop, so they run on the connection's own thread.
  private static ManagedChannel nativeChannel(ServerAddress server, EventLoopGroup threads) {
    return NettyChannelBuilder.forAddress(server.host(), server.port())
        .negotiationType(
            server.security() == ServerAddress.Security.TLS
                ? NegotiationType.TLS
                : NegotiationType.PLAINTEXT)
        .eventLoopGroup(threads)
        .channelType(NioSocketChannel.class)
        .directExecutor()
        .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
        .build();
  }

  private static void close(ManagedChannel channel, EventLoopGroup threads) {
    channel.shutdownNow();
    try {
      if (!channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the channel did not close");
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    } finally {
      var _ = threads.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
