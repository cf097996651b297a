package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.client.call.Face;
import parley.client.conversation.ConversationEnding;
import parley.client.conversation.ConversationEvent;
import parley.client.search.Lookout;
import parley.client.search.SearchEvent;
import parley.local.LocalMachine;
import parley.local.NodeProcess;
import parley.local.Progress;
import parley.platform.discovery.ServiceName;
import parley.proto.domain.v1.MemberKind;
import parley.proto.match.v1.GetCurrentResponse;
import parley.proto.match.v1.ProposalAnswer;
import parley.proto.match.v1.TicketState;
import parley.testing.Eventually;

/// A person comes for somebody who talks with an AI: yes, no, second thoughts, and an AI whose node
/// dies meanwhile. Each ends in a state of the contract.
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

      ann.answer(ProposalAnswer.PROPOSAL_ANSWER_ACCEPT);
      newcomer.enter();
      var found = ann.enterToPerson();

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
  void whoseAiDiesMeanwhileStillMeetsThePerson() {
    Wishes wishes = wishes();
    try (LocalMachine own = withoutBots();
        NodeProcess doomed = NodeProcess.start(own, ServiceName.BOT, "bot-doomed");
        Accompanied ann = Accompanied.byAnAi(own.door(), Face.NATIVE, wishes);
        Person newcomer = Person.arrive(own.door(), Face.NATIVE, wishes).seek()) {
      ann.asked();
      doomed.kill();

      ann.answer(ProposalAnswer.PROPOSAL_ANSWER_ACCEPT);
      newcomer.enter();
      ann.enterToPerson();

      ann.sayToPerson("hello, human");
      Eventually.holds("it is heard", () -> newcomer.messages().contains("hello, human"));
      assertThat(ending(ann).ending())
          .isIn(ConversationEnding.HUMAN_FOUND, ConversationEnding.LOST);
    }
  }

  private static LocalMachine withoutBots() {
    return LocalMachine.start(SharedMachine.plan().with(ServiceName.BOT, 0), Progress.SILENT);
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
