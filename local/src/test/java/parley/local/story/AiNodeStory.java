package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.proto.match.v1.AiWelcome.AI_WELCOME_INSTEAD;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.FixedLine;
import parley.bot.core.conduct.Tongue;
import parley.client.call.Face;
import parley.client.conversation.ConversationEnding;
import parley.client.conversation.ConversationEvent;
import parley.client.conversation.ConversationEvent.Ended;
import parley.client.conversation.ConversationEvent.Message;
import parley.client.conversation.ConversationEvent.WhatNext;
import parley.client.search.Match;
import parley.client.search.SearchEvent;
import parley.local.LocalMachine;
import parley.local.NodeProcess;
import parley.local.Progress;
import parley.platform.discovery.ServiceName;
import parley.proto.domain.v1.MemberKind;
import parley.proto.match.v1.ProposalAnswer;
import parley.proto.match.v1.TicketState;
import parley.testing.Eventually;

/// The node of an AI peer is killed, or told to stop, while the AI peer talks: its person is told,
/// and has the old place in line. The nodes are processes of their own.
class AiNodeStory {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final LocalMachine MACHINE =
      LocalMachine.start(SharedMachine.plan().with(ServiceName.BOT, 0), Progress.SILENT);
  private static int nodes;

  @AfterAll
  static void close() {
    MACHINE.close();
  }

  @Test
  void whoseAiPeerIsKilledInTheMiddleIsToldWithinTenSecondsAndIsInLineAgain() {
    try (NodeProcess doomed = bot();
        LonelyPerson person =
            LonelyPerson.arrive(MACHINE.door(), AI_WELCOME_INSTEAD, LonelyPerson.ownTag())) {
      Match match = person.seek().enter();
      var _ = person.awaitMessages(1);
      person.say("Tell me something");
      doomed.kill();

      assertLost(ended(person.heard()));
      int before = person.searched().all(SearchEvent.Waiting.class).size();
      person.seekOn(match);
      awaitMoreThan(before, person.searched());
    }
  }

  @Test
  void whoseAiPeerIsKilledWhileTheyLookOnMeetsWhoComesNext() {
    Wishes wishes = wishes();
    try (NodeProcess doomed = bot();
        Accompanied ann = Accompanied.byAnAi(MACHINE.door(), Face.NATIVE, wishes)) {
      doomed.kill();

      assertLost(ended(ann.withAi()));
      assertMeetsWhoComesNext(ann, wishes);
    }
  }

  @Test
  void whoseAiPeerIsKilledWhileTheyAreAskedStillMeetsThePerson() {
    Wishes wishes = wishes();
    try (NodeProcess doomed = bot();
        Accompanied ann = Accompanied.byAnAi(MACHINE.door(), Face.NATIVE, wishes);
        Person newcomer = Person.arrive(MACHINE.door(), Face.NATIVE, wishes).seek()) {
      ann.asked();
      doomed.kill();

      ann.answer(ProposalAnswer.PROPOSAL_ANSWER_ACCEPT);
      newcomer.enter();
      ann.enterToPerson();

      ann.sayToPerson("hello, human");
      Eventually.holds("it is heard", () -> newcomer.messages().contains("hello, human"));
      assertThat(ended(ann.withAi()).ending())
          .isIn(ConversationEnding.HUMAN_FOUND, ConversationEnding.LOST);
    }
  }

  @Test
  void anAiPeerWhoseNodeIsToldToStopSaysGoodbyeAndLeavesAndItsPersonIsInLine() {
    Wishes wishes = wishes();
    try (NodeProcess stopped = bot();
        Accompanied ann = Accompanied.byAnAi(MACHINE.door(), Face.NATIVE, wishes)) {
      stopped.terminate(Duration.ofSeconds(30));

      assertThat(ended(ann.withAi()).ending()).isEqualTo(ConversationEnding.LEFT);
      List<Message> said = ann.withAi().all(Message.class);
      assertThat(said.getLast().text())
          .isEqualTo(Conduct.load().line(FixedLine.SHUTDOWN, new Tongue("en", ""), 0));
      assertThat(ann.current().getTicket().getState()).isEqualTo(TicketState.TICKET_STATE_WAITING);
      assertMeetsWhoComesNext(ann, wishes);
    }
  }

  private static void assertLost(Ended end) {
    assertThat(end.ending()).isEqualTo(ConversationEnding.LOST);
    assertThat(end.next()).isEqualTo(WhatNext.START_OVER);
  }

  private static void assertMeetsWhoComesNext(Accompanied ann, Wishes wishes) {
    int before = ann.searched().all(SearchEvent.Waiting.class).size();
    ann.lookOn();
    awaitMoreThan(before, ann.searched());
    try (Person newcomer = Person.arrive(MACHINE.door(), Face.NATIVE, wishes).seek()) {
      Match found =
          ann.searched()
              .await(
                  "a person came",
                  SearchEvent.Found.class,
                  one -> one.match().peerKind() == MemberKind.MEMBER_KIND_PERSON)
              .match();
      assertThat(found.sessionId()).isEqualTo(newcomer.found().sessionId());
    }
  }

  private static void awaitMoreThan(int before, Heard<SearchEvent> searched) {
    Eventually.holds(
        "it waits in line again", () -> searched.all(SearchEvent.Waiting.class).size() > before);
  }

  private static Ended ended(Heard<ConversationEvent> talk) {
    Eventually.holds("the end is told", SOON, () -> !talk.all(Ended.class).isEmpty());
    return talk.all(Ended.class).getFirst();
  }

  private static synchronized NodeProcess bot() {
    return NodeProcess.start(MACHINE, ServiceName.BOT, "bot-doomed-" + ++nodes);
  }

  private static Wishes wishes() {
    return Wishes.anyone("node-" + UUID.randomUUID().toString().substring(0, 8));
  }
}
