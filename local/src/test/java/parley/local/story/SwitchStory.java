package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.client.call.Face;
import parley.client.conversation.ConversationEnding;
import parley.client.conversation.ConversationEvent;
import parley.client.search.Lookout;
import parley.client.search.SearchEvent;
import parley.proto.domain.v1.MemberKind;
import parley.proto.match.v1.GetCurrentResponse;
import parley.proto.match.v1.ProposalAnswer;
import parley.proto.match.v1.TicketState;
import parley.testing.Eventually;

/// A person comes for somebody who talks with an AI: yes, no, silence, second thoughts, and both at
/// once. Each ends in a state of the contract.
class SwitchStory {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @ParameterizedTest
  @EnumSource(Face.class)
  void whoSaysYesMeetsThePersonAndTheAiStepsAside(Face face) {
    Wishes wishes = wishes();
    try (Accompanied ann = Accompanied.byAnAi(SharedMachine.door(), face, wishes);
        Person newcomer = Person.arrive(SharedMachine.door(), face, wishes).seek()) {
      newcomer.searched().await("almost there", SearchEvent.PeerAsked.class);
      assertThat(ann.asked().answerWithin())
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(8));

      int said = ann.withAi().all(ConversationEvent.Message.class).size();
      ann.answer(ProposalAnswer.PROPOSAL_ANSWER_ACCEPT);
      newcomer.enter();
      var found = ann.enterToPerson();

      assertThat(ann.withAi().all(ConversationEvent.Message.class)).hasSize(said + 1);
      assertThat(found.peerKind()).isEqualTo(MemberKind.MEMBER_KIND_PERSON);
      assertThat(found.sessionId()).isEqualTo(newcomer.found().sessionId());
      assertThat(ending(ann).ending()).isEqualTo(ConversationEnding.HUMAN_FOUND);
      ann.sayToPerson("hello, human");
      Eventually.holds("it is heard", () -> newcomer.messages().contains("hello, human"));
      assertThat(ann.withPerson().all(ConversationEvent.Disclosure.class)).isEmpty();
      assertThat(ann.current().getSession().getSessionId()).isEqualTo(found.sessionId());
    }
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void whoSaysNoGoesOnWithTheAiAndBothKeepTheirPlace(Face face) {
    Wishes wishes = wishes();
    try (Accompanied ann = Accompanied.byAnAi(SharedMachine.door(), face, wishes);
        Person newcomer = Person.arrive(SharedMachine.door(), face, wishes).seek()) {
      ann.answer(ProposalAnswer.PROPOSAL_ANSWER_DECLINE);

      assertThat(withdrawn(ann)).isEqualTo(Lookout.KEPT);
      awaitWaitingAgain(newcomer);
      assertInLineWithCompanion(ann);
      ann.sayToAi("I stay here");
      ann.withAi().await("it is stored", ConversationEvent.Stored.class);
      assertThat(newcomer.isFound()).as("the two never meet").isFalse();
    }
  }

  @Test
  void whoIsSilentIsOutOfLineUntilTheyAskForIt() {
    Wishes wishes = wishes();
    try (Accompanied ann = Accompanied.byAnAi(SharedMachine.door(), Face.NATIVE, wishes)) {
      try (Person newcomer = Person.arrive(SharedMachine.door(), Face.NATIVE, wishes).seek()) {
        ann.asked();

        assertThat(withdrawn(ann)).isEqualTo(Lookout.RESTS);
        awaitWaitingAgain(newcomer);
      }
      assertThat(ann.current().hasTicket()).as("out of line").isFalse();
      ann.sayToAi("sorry, I was away");
      ann.withAi().await("it is stored", ConversationEvent.Stored.class);

      ann.keepLooking();

      ann.lookouts().await("in line again", Lookout.class, now -> now == Lookout.KEPT);
      assertInLineWithCompanion(ann);
    }
  }

  @Test
  void whoComesAndGoesLeavesTheOtherInLineWithTheAi() {
    Wishes wishes = wishes();
    try (Accompanied ann = Accompanied.byAnAi(SharedMachine.door(), Face.WEB, wishes)) {
      try (Person newcomer = Person.arrive(SharedMachine.door(), Face.WEB, wishes).seek()) {
        newcomer.searched().await("almost there", SearchEvent.PeerAsked.class);
        ann.asked();
      }

      assertThat(withdrawn(ann)).isEqualTo(Lookout.KEPT);
      assertInLineWithCompanion(ann);
      ann.sayToAi("still here");
      ann.withAi().await("it is stored", ConversationEvent.Stored.class);
    }
  }

  @Test
  void whoSaysYesWhileTheNewcomerGoesIsToldOneThing() {
    Wishes wishes = wishes();
    try (Accompanied ann = Accompanied.byAnAi(SharedMachine.door(), Face.NATIVE, wishes);
        Person newcomer = Person.arrive(SharedMachine.door(), Face.NATIVE, wishes).seek()) {
      ann.asked();
      Thread going = Thread.ofVirtual().start(newcomer::close);
      ann.answer(ProposalAnswer.PROPOSAL_ANSWER_ACCEPT);

      Eventually.holds("it is decided", () -> !decisions(ann).isEmpty());
      Eventually.holds("the newcomer is gone", () -> !going.isAlive());
      ann.sayToAi("what happened?");
      ann.withAi()
          .await(
              "a marker after it",
              ConversationEvent.class,
              event ->
                  event instanceof ConversationEvent.Stored
                      || event instanceof ConversationEvent.Ended);
      assertThat(decisions(ann)).hasSize(1);
      boolean stays = decisions(ann).getFirst() instanceof ConversationEvent.ProposalWithdrawn;
      if (stays) {
        assertInLineWithCompanion(ann);
      } else {
        assertThat(ann.current().hasSession()).as("matched").isTrue();
      }
    }
  }

  private static List<ConversationEvent> decisions(Accompanied one) {
    return one.withAi().all().stream()
        .filter(
            event ->
                event instanceof ConversationEvent.PersonFound
                    || event instanceof ConversationEvent.ProposalWithdrawn)
        .toList();
  }

  private static Wishes wishes() {
    return Wishes.anyone("switch-" + UUID.randomUUID().toString().substring(0, 8));
  }

  private static ConversationEvent.Ended ending(Accompanied one) {
    Eventually.holds(
        "the talk with the AI ends",
        PATIENCE,
        () -> !one.withAi().all(ConversationEvent.Ended.class).isEmpty());
    return one.withAi().all(ConversationEvent.Ended.class).getFirst();
  }

  private static Lookout withdrawn(Accompanied one) {
    Eventually.holds(
        "the proposal came to nothing",
        PATIENCE,
        () -> !one.withAi().all(ConversationEvent.ProposalWithdrawn.class).isEmpty());
    return one.withAi().all(ConversationEvent.ProposalWithdrawn.class).getFirst().lookout();
  }

  private static void assertInLineWithCompanion(Accompanied one) {
    GetCurrentResponse now = one.current();
    assertThat(now.getTicket().getState()).isEqualTo(TicketState.TICKET_STATE_WAITING);
    assertThat(now.getTicket().getCompanionSessionId()).isNotEmpty();
  }

  private static void awaitWaitingAgain(Person newcomer) {
    Eventually.holds(
        "the newcomer waits as before",
        PATIENCE,
        () -> {
          var all = newcomer.searched().all();
          int asked = 0;
          for (int i = 0; i < all.size(); i++) {
            asked = all.get(i) instanceof SearchEvent.PeerAsked ? i : asked;
          }
          return asked > 0
              && all.subList(asked, all.size()).stream()
                  .anyMatch(SearchEvent.Waiting.class::isInstance);
        });
  }
}
