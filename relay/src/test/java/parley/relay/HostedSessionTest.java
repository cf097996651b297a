package parley.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.domain.NodeId;
import parley.domain.SessionId;

class HostedSessionTest {
  private static final NodeId HERE = new NodeId("node-1");
  private static final NodeId OLD = new NodeId("node-2");
  private static final NodeId NEW = new NodeId("node-3");

  private final HostedSession hosted =
      new HostedSession(SessionId.random(RandomGenerator.getDefault()));

  @Test
  void whereAMemberWasBeforeIsNotBelievedAnyMore() {
    hosted.learnPlace(2, NEW, 2);

    hosted.learnPlace(2, OLD, 1);

    assertThat(hosted.nodesOtherThan(HERE)).containsExactly(NEW);
  }

  @Test
  void theLogIsAskedByOneComparisonAtATime() {
    assertThat(hosted.startComparing()).isTrue();
    assertThat(hosted.startComparing()).isFalse();

    hosted.endComparing();

    assertThat(hosted.startComparing()).isTrue();
  }

  @Test
  void whoIsHereIsToldAgainMoreAndMoreRarely() {
    List<Integer> told =
        IntStream.rangeClosed(1, 20).filter(_ -> hosted.endComparing()).boxed().toList();

    assertThat(told).containsExactly(1, 2, 4, 8, 16);
  }
}
