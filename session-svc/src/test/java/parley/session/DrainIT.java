package parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.platform.discovery.NodeDirectory;
import parley.platform.discovery.NodeState;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.TextOutcome;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;

/// How a node goes away.
class DrainIT {
  private final Sessions sessions = new Sessions();

  @AfterEach
  void close() {
    sessions.close();
  }

  @Test
  void aNodeLeavesTheDirectoryBeforeItIsUnhealthyAndOnlyThenTellsItsStreams() throws Exception {
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1", Map.of("drain.door-pause", "700ms"));
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    try (NodeDirectory directory = NodeDirectory.over(sessions.redis());
        Health health = new Health(node)) {
      Eventually.holds("the node is listed", () -> !directory.list().isEmpty());
      Thread drain = Thread.ofVirtual().start(node::drain);

      Eventually.holds(
          "it leaves",
          () -> {
            assertThat(ann.end()).isEmpty();
            assertThat(health.isServing()).isTrue();
            return directory.list().getFirst().state() == NodeState.DRAINING;
          });
      assertThat(health.isServing()).isTrue();
      Member late = sessions.member(pair, pair.second(), node, Face.NATIVE).entered();
      late.text(1, "whoever is sent here is served");
      Eventually.holds("it is heard", () -> ann.heard().size() == 1);
      ann.awaitEnd(EndReason.END_REASON_DRAIN);
      assertThat(health.isServing()).isFalse();
      drain.join(Duration.ofSeconds(10));
    }
  }

  /// The last of so many is told in the first half of the time once in 16 million runs.
  @Test
  void streamsAreNotToldAllAtOnce() {
    SessionNode node = sessions.node("session-1", Map.of("drain.spread", "2s"));
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      Pair pair = sessions.pair();
      members.add(sessions.member(pair, pair.first(), node, Face.NATIVE).entered());
    }
    long began = System.nanoTime();
    Thread drain = Thread.ofVirtual().start(node::drain);

    Eventually.holds("everybody was told", () -> told(members) == members.size());
    Duration took = Duration.ofNanos(System.nanoTime() - began);

    assertThat(took).isGreaterThan(Duration.ofSeconds(1));
    Eventually.holds("the node has drained", () -> !drain.isAlive());
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void whatWasAnsweredIsThereAndTheRestGoesOnElsewhere(Face face) {
    Map<String, String> fast = Map.of("pace.burst", "100000", "stream.outstanding", "1000");
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1", fast);
    SessionNode other = sessions.node("session-2", fast);
    Member ann = sessions.member(pair, pair.first(), node, face).entered();
    Member bob = sessions.member(pair, pair.second(), other, face).entered();
    Thread gone = Thread.ofVirtual().start(() -> drainAndClose(node));

    int said = sayUntilTheEnd(ann);
    ann.awaitEnd(EndReason.END_REASON_DRAIN);
    Eventually.holds("the node is gone", () -> !gone.isAlive());
    long answered = ann.outcomes().stream().filter(TextOutcome::hasStored).count();
    Member again =
        sessions.member(pair, pair.first(), other, face).resumed(ann.pass(), null).caughtUp();
    int next = again.entry().getNextSequence();
    assertThat(next).isGreaterThan((int) answered);
    for (int i = next; i <= said + 1; i++) {
      again.text(i, "text " + i);
    }

    List<String> all = IntStream.rangeClosed(1, said + 1).mapToObj(i -> "text " + i).toList();
    Eventually.holds("every text is heard", () -> bob.heard().size() >= all.size());
    assertThat(bob.heard()).isEqualTo(all);
  }

  private static void drainAndClose(SessionNode node) {
    node.drain();
    node.close();
  }

  /// How many it said; the node may be gone at the last one.
  private static int sayUntilTheEnd(Member member) {
    int said = 0;
    try {
      while (member.end().isEmpty() && said < 900) {
        said++;
        member.text(said, "text " + said);
      }
    } catch (StatusRuntimeException gone) {
      assertThat(gone.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }
    return said;
  }

  private static long told(List<Member> members) {
    return members.stream().filter(member -> member.end().isPresent()).count();
  }

  /// What the door asks a node.
  private static final class Health implements AutoCloseable {
    private final ManagedChannel channel;

    Health(SessionNode node) {
      channel =
          NettyChannelBuilder.forAddress(node.serving().host(), node.serving().port())
              .usePlaintext()
              .build();
    }

    boolean isServing() {
      return HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(10, TimeUnit.SECONDS)
              .check(HealthCheckRequest.getDefaultInstance())
              .getStatus()
          == ServingStatus.SERVING;
    }

    @Override
    public void close() {
      channel.shutdownNow();
    }
  }
}
