package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.client.conversation.ConversationEvent;
import parley.local.LocalMachine;
import parley.local.LocalNode;
import parley.local.Progress;
import parley.platform.discovery.ServiceName;
import parley.testing.Eventually;

class DoorStory {
  @Test
  void withTheControlPlaneGonePeopleGoOnAndItsReturnCutsNobody() {
    try (LocalMachine machine = LocalMachine.start(SharedMachine.plan(), Progress.SILENT);
        Pair before = Pair.meet(machine.door())) {
      machine.closeControlPlane();
      before.first().say("still here");
      before.awaitDelivered(before.first(), before.second(), 1);
      try (Pair meanwhile = Pair.meet(machine.door())) {
        machine.reopenControlPlane();
        Eventually.holds(
            "Envoy speaks to the new control plane",
            Duration.ofSeconds(20),
            () ->
                machine
                    .envoy()
                    .admin("GET", "/stats?filter=control_plane.connected_state")
                    .contains(": 1"));

        before.second().say("me too");
        before.awaitDelivered(before.second(), before.first(), 1);
        meanwhile.first().say("and we");
        meanwhile.awaitDelivered(meanwhile.first(), meanwhile.second(), 1);
        assertThat(List.of(before, meanwhile)).allMatch(Pair::wasQuiet);
      }
    }
  }

  @Test
  void aNodeJoinsAndTakesPeopleAndANodeDrainsWithoutLosingAWord() {
    try (LocalMachine machine =
        LocalMachine.start(SharedMachine.plan().with(ServiceName.SESSION, 1), Progress.SILENT)) {
      LocalNode first = machine.nodes(ServiceName.SESSION).getFirst();
      try (Pair pair = Pair.meet(machine.door())) {
        pair.first().say("before");
        pair.awaitDelivered(pair.first(), pair.second(), 1);
        LocalNode second = machine.add(ServiceName.SESSION, "session-late");
        machine.awaitKnown(second.serving());

        first.node().drain();
        machine.remove(first);
        pair.first().say("after");

        Eventually.holds(
            "the word arrives through the node that joined",
            Duration.ofSeconds(30),
            () -> pair.second().messages().equals(List.of("before", "after")));
        assertThat(pair.lostNothing()).isTrue();
        assertThat(pair.second().heard().all(ConversationEvent.Resumed.class)).isNotEmpty();
      }
    }
  }
}
