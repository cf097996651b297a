package parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.platform.config.HostPort;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Next;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;
import parley.testing.LivingThreads;

/// A node whose Redis goes away, and a node that goes away.
class RedisDownIT {
  @Test
  void streamsEndWithResumeAndHealthStandsWhenRedisIsDown() throws Exception {
    RedisServer redis = RedisServer.start(RedisOptions.fleeting());
    try (Sessions sessions = new Sessions(redis.address())) {
      Pair pair = sessions.pair();
      SessionNode node = sessions.node("session-1");
      Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
      Member bob = sessions.member(pair, pair.second(), node, Face.WEB).entered();

      redis.close();
      ann.text(1, "into the dark");

      ann.awaitEnd(EndReason.END_REASON_UNAVAILABLE);
      bob.awaitEnd(EndReason.END_REASON_UNAVAILABLE);
      assertThat(ann.end().orElseThrow().getNext()).isEqualTo(Next.NEXT_RESUME);
      assertThat(health(node)).isEqualTo(ServingStatus.SERVING);
      Member late =
          sessions
              .member(pair, pair.first(), node, Face.NATIVE)
              .resumed(ann.entry().getPass(), null);
      assertThat(late.awaitStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  @Test
  void aNodeThatIsClosedLeavesNoThread() {
    try (Sessions sessions = new Sessions()) {
      Pair pair = sessions.pair();
      SessionNode node = sessions.node("session-gone");
      Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
      assertThat(LivingThreads.named("session-gone").values())
          .as("of the platform and virtual")
          .anyMatch(name -> name.endsWith("-timers"))
          .anyMatch(name -> name.endsWith("-lease"));

      node.close();

      Eventually.holds("its threads are gone", () -> LivingThreads.named("session-gone").isEmpty());
      ann.awaitStatus();
    }
  }

  private static ServingStatus health(SessionNode node) {
    HostPort address = node.serving();
    var channel =
        NettyChannelBuilder.forAddress(address.host(), address.port()).usePlaintext().build();
    try {
      return HealthGrpc.newBlockingStub(channel)
          .withDeadlineAfter(5, TimeUnit.SECONDS)
          .check(HealthCheckRequest.getDefaultInstance())
          .getStatus();
    } finally {
      channel.shutdownNow();
    }
  }
}
