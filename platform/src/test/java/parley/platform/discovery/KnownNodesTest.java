package parley.platform.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.platform.discovery.RegisteredNodes.ready;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnownNodesTest {
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final KnownNodes known = new KnownNodes(GRACE);
  private Instant now = Instant.EPOCH;

  @Test
  void aNewNodeIsSeenAtOnce() {
    merge(match(1));

    assertThat(merge(match(1), match(2))).containsExactly("match-1 READY", "match-2 READY");
  }

  @Test
  void aNodeThatMovedIsSeenWhereItIs() {
    merge(match(1));

    List<RegisteredNode> seen =
        known.merge(List.of(ready(ServiceName.MATCH, "match-1", 7000)), now);

    assertThat(seen).extracting(node -> node.serving().port()).containsExactly(7000);
  }

  @Test
  void aMissingNodeDrainsAndIsForgottenAfterTheGrace() {
    merge(match(1), match(2));

    assertThat(merge(match(1))).containsExactly("match-1 READY", "match-2 DRAINING");
    now = now.plus(GRACE);
    assertThat(merge(match(1))).containsExactly("match-1 READY");
  }

  @Test
  void aNodeThatComesBackWithinTheGraceIsReadyAndItsAbsenceStartsAnew() {
    merge(match(1), match(2));
    merge(match(1));
    now = now.plus(GRACE);

    assertThat(merge(match(1), match(2))).containsExactly("match-1 READY", "match-2 READY");
    assertThat(merge(match(1))).containsExactly("match-1 READY", "match-2 DRAINING");
  }

  @Test
  void aDirectoryThatLostMoreThanHalfIsDoubted() {
    merge(matches(10));

    assertThat(merge(matches(4))).hasSize(10).allMatch(node -> node.endsWith(" READY"));
  }

  @Test
  void atMostHalfIsForgottenAtOnceAndThenNoneForAGrace() {
    merge(matches(10));
    merge(match(1));
    now = now.plus(GRACE);

    assertThat(merge(match(1))).hasSize(5).contains("match-1 READY");
    assertThat(merge(match(1))).hasSize(5);
    now = now.plus(GRACE);
    assertThat(merge(match(1))).hasSize(3);
  }

  @Test
  void theLastNodeIsNeverForgotten() {
    merge(match(1));
    merge();
    now = now.plus(GRACE.multipliedBy(10));

    assertThat(merge()).containsExactly("match-1 READY");
  }

  @Test
  void aDrainingNodeIsSeenSoAtOnceButNeverAllOfThem() {
    merge(match(1), match(2));

    assertThat(merge(draining(1), match(2))).containsExactly("match-1 DRAINING", "match-2 READY");
    assertThat(merge(draining(1), draining(2))).containsExactly("match-1 READY", "match-2 READY");
  }

  @Test
  void whenAllDrainTheMissingOneIsNotCalledUpon() {
    merge(draining(1), draining(2));

    assertThat(merge(draining(1))).containsExactly("match-1 READY", "match-2 DRAINING");
  }

  @Test
  void servicesAreJudgedApart() {
    known.merge(List.of(match(1), ready(ServiceName.SESSION, "session-1", 9000)), now);

    assertThat(merge(match(1))).containsExactly("match-1 READY", "session-1 READY");
  }

  @Test
  void anAddressHasOneOwnerTheOneThatBeats() {
    merge(match(1), match(2));
    RegisteredNode heir = ready(ServiceName.MATCH, "match-3", match(2).serving().port());

    assertThat(merge(match(1), heir)).containsExactly("match-1 READY", "match-3 READY");
  }

  private List<String> merge(RegisteredNode... listed) {
    return known.merge(Arrays.asList(listed), now).stream()
        .map(node -> node.node() + " " + node.state())
        .toList();
  }

  private static RegisteredNode[] matches(int count) {
    Stream<RegisteredNode> nodes = IntStream.rangeClosed(1, count).mapToObj(KnownNodesTest::match);
    return nodes.toArray(RegisteredNode[]::new);
  }

  private static RegisteredNode match(int number) {
    return ready(ServiceName.MATCH, "match-" + number, 5000 + 10 * number);
  }

  private static RegisteredNode draining(int number) {
    return match(number).in(NodeState.DRAINING);
  }
}
