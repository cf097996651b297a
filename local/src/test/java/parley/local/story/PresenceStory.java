package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.client.call.Face;
import parley.client.conversation.ConversationEnding;
import parley.client.conversation.ConversationEvent;
import parley.client.conversation.ConversationState;
import parley.local.LocalMachine;
import parley.local.Progress;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Next;
import parley.proto.session.v1.Presence;
import parley.proto.session.v1.ServerFrame;
import parley.testing.Eventually;

/// Who is there, who was, and who never came; a machine with short durations.
class PresenceStory {
  private static LocalMachine machine;

  @BeforeAll
  static void start() {
    machine =
        LocalMachine.start(
            SharedMachine.plan()
                .with("match", "tickets.enter-within", "5s")
                .with("session", "presence.gone-after", "200ms")
                .with("session", "presence.lost-after", "2s")
                .with("session", "presence.look-every", "200ms")
                .with("session", "presence.round-every", "200ms")
                .with("session", "presence.calm", "500ms")
                .with("session", "presence.word-from-line", "9s"),
            Progress.SILENT);
  }

  @AfterAll
  static void close() {
    machine.close();
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void aPeerWhoseTabIsClosedIsAwayAndBackWhenItIsOpenedAgain(Face face) {
    try (Pair pair = Pair.meet(machine.door(), face, face)) {
      ConversationState kept = pair.second().closeTab();
      awaitPeer(pair.first(), Presence.PRESENCE_AWAY);

      pair.second().reopen(kept);

      Eventually.holds(
          "the peer is back after it was away",
          () ->
              presences(pair.first()).lastIndexOf(Presence.PRESENCE_HERE)
                  > presences(pair.first()).indexOf(Presence.PRESENCE_AWAY));
      pair.first().say("there you are");
      pair.awaitDelivered(pair.first(), pair.second(), 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void aPeerWhoDoesNotComeBackIsLostAndHearsItToo(Face face) {
    try (Pair pair = Pair.meet(machine.door(), face, face)) {
      ConversationState kept = pair.second().closeTab();

      assertThat(ending(pair.first())).isEqualTo(ConversationEnding.LOST);
      assertThat(presences(pair.first())).contains(Presence.PRESENCE_AWAY);
      pair.second().reopen(kept);
      assertThat(ending(pair.second())).isEqualTo(ConversationEnding.LOST);
    }
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void whoCameAloneHearsItByTheInboxAndMeetsTheNextFromTheOldPlace(Face face) {
    Wishes wishes = Wishes.anyone("alone-" + face);
    try (Person came = Person.arrive(machine.door(), face, wishes);
        Person never = Person.arrive(machine.door(), face, wishes);
        Person next = Person.arrive(machine.door(), face, wishes);
        Lone lone = Lone.at(machine.door(), face, came)) {
      came.seekAndWait();
      never.seek();
      lone.enter(came.found());

      ServerFrame last = lone.awaitEnd();

      assertThat(last.getEnd().getReason()).isEqualTo(EndReason.END_REASON_NO_SHOW);
      assertThat(last.getEnd().getNext()).isEqualTo(Next.NEXT_START_OVER);
      assertThat(lone.tickets()).containsExactly(lone.ticket());
      String again = lone.takeUpTicket();
      assertThat(again).isEqualTo("WAITING");
      next.seek();
      assertThat(lone.awaitMatch().getSessionId()).isEqualTo(next.found().sessionId());
    }
  }

  private static void awaitPeer(Person person, Presence presence) {
    Eventually.holds("the peer is told as " + presence, () -> presences(person).contains(presence));
  }

  private static List<Presence> presences(Person person) {
    return person.heard().all(ConversationEvent.MemberChanged.class).stream()
        .map(changed -> changed.member().getPresence())
        .toList();
  }

  private static ConversationEnding ending(Person person) {
    return person.heard().await("the end", ConversationEvent.Ended.class).ending();
  }
}
