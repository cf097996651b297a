package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.proto.match.v1.AiWelcome.AI_WELCOME_INSTEAD;
import static parley.proto.match.v1.AiWelcome.AI_WELCOME_MEANWHILE;
import static parley.proto.match.v1.AiWelcome.AI_WELCOME_NEVER;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import parley.client.conversation.ConversationEnding;
import parley.client.conversation.ConversationEvent;
import parley.client.conversation.ConversationEvent.Ended;
import parley.client.conversation.ConversationEvent.Message;
import parley.client.conversation.ConversationEvent.PersonProposed;
import parley.client.conversation.ConversationEvent.WhatNext;
import parley.client.search.Match;
import parley.client.search.SearchEvent;
import parley.local.LocalMachine;
import parley.local.NodeProcess;
import parley.local.Progress;
import parley.platform.discovery.ServiceName;
import parley.proto.domain.v1.MemberKind;
import parley.proto.match.v1.ProposalAnswer;
import parley.testing.Eventually;

/// Whoever is alone gets an AI peer, and a person as soon as one comes: through the real door, with
/// the lines of the files.
class AiStory {
  private static final int TURNS = 10;

  @Test
  void whoIsAloneGetsAnAiPeerThatSaysWhatItIsAndHoldsTenTurns() {
    try (LonelyPerson person =
        LonelyPerson.arrive(SharedMachine.door(), AI_WELCOME_INSTEAD, LonelyPerson.ownTag())) {
      assertThat(person.seek().enter().peerKind()).isEqualTo(MemberKind.MEMBER_KIND_AI);

      var first = person.heard().await("something is said", ConversationEvent.Said.class);
      assertThat(first).isInstanceOf(ConversationEvent.Disclosure.class);
      assertThat(first.text()).contains("AI");
      assertThat(person.awaitMessages(1)).contains("What got you into it?");
      for (int turn = 1; turn <= TURNS; turn++) {
        person.say("This is what I think about it, part " + turn);
        assertThat(person.awaitMessages(1 + turn)).isNotBlank();
      }
      assertThat(person.messages())
          .allMatch(message -> message.kind() == MemberKind.MEMBER_KIND_AI);
    }
  }

  @Test
  void whoAsksWhatItIsIsToldAndWhoIsInDangerGetsNumbers() {
    try (LonelyPerson person =
        LonelyPerson.arrive(SharedMachine.door(), AI_WELCOME_INSTEAD, LonelyPerson.ownTag())) {
      var _ = person.seek().enter();
      var _ = person.awaitMessages(1);
      person.say("Are you human?");
      assertThat(person.awaitMessages(2)).contains("AI");
      person.say("I want to kill myself");
      Eventually.holds(
          "a number to call is said",
          () -> person.messages().stream().map(Message::text).anyMatch(AiStory::holdsANumber));
    }
  }

  @Test
  void anAiPeerWhoseNodeIsKilledIsToldAsLostWithinTenSecondsAndOneIsInLineAgain() {
    try (LocalMachine machine =
            LocalMachine.start(SharedMachine.plan().with(ServiceName.BOT, 0), Progress.SILENT);
        NodeProcess doomed = NodeProcess.start(machine, ServiceName.BOT, "bot-doomed");
        LonelyPerson person =
            LonelyPerson.arrive(machine.door(), AI_WELCOME_INSTEAD, LonelyPerson.ownTag())) {
      Match match = person.seek().enter();
      var _ = person.awaitMessages(1);
      person.say("Tell me something");
      doomed.kill();

      Eventually.holds(
          "the end is told",
          Duration.ofSeconds(10),
          () -> !person.heard().all(Ended.class).isEmpty());
      Ended end = person.heard().last(Ended.class).orElseThrow();
      assertThat(end.ending()).isEqualTo(ConversationEnding.LOST);
      assertThat(end.next()).isEqualTo(WhatNext.START_OVER);
      int before = person.searched().all(SearchEvent.Waiting.class).size();
      person.seekOn(match);
      Eventually.holds(
          "it waits in line again",
          () -> person.searched().all(SearchEvent.Waiting.class).size() > before);
    }
  }

  @Test
  void whoSaysYesToAPersonMeetsThemAndTheAiPeerStepsAside() {
    String tag = LonelyPerson.ownTag();
    try (LonelyPerson person =
            LonelyPerson.arrive(SharedMachine.door(), AI_WELCOME_MEANWHILE, tag);
        LonelyPerson newcomer = LonelyPerson.arrive(SharedMachine.door(), AI_WELCOME_NEVER, tag)) {
      assertThat(person.seek().enter().keepsLooking()).isTrue();
      var _ = person.awaitMessages(1);
      newcomer.seek();
      newcomer.searched().await("somebody is asked", SearchEvent.PeerAsked.class);

      Heard<ConversationEvent> withTheAi = person.heard();
      person.answer(proposed(person), ProposalAnswer.PROPOSAL_ANSWER_ACCEPT);

      Match match = withTheAi.await("a person waits", ConversationEvent.PersonFound.class).match();
      int said = withTheAi.all(Message.class).size();
      assertThat(said).as("it said one line more").isGreaterThan(1);
      person.enter(match);
      assertThat(newcomer.found().sessionId()).isEqualTo(match.sessionId());
      newcomer.enter(newcomer.found());
      newcomer.say("Hello, I am a person");
      assertThat(person.awaitMessages(1)).isEqualTo("Hello, I am a person");
      assertThat(person.messages().getFirst().kind()).isEqualTo(MemberKind.MEMBER_KIND_PERSON);
    }
  }

  @Test
  void whoSaysNoStaysWithTheAiPeerAndTheOtherGoesOnWaiting() {
    String tag = LonelyPerson.ownTag();
    try (LonelyPerson person =
            LonelyPerson.arrive(SharedMachine.door(), AI_WELCOME_MEANWHILE, tag);
        LonelyPerson newcomer = LonelyPerson.arrive(SharedMachine.door(), AI_WELCOME_NEVER, tag)) {
      var _ = person.seek().enter();
      var _ = person.awaitMessages(1);
      newcomer.seek();

      person.answer(proposed(person), ProposalAnswer.PROPOSAL_ANSWER_DECLINE);

      person.heard().await("it is withdrawn", ConversationEvent.ProposalWithdrawn.class);
      int before = person.messages().size();
      person.say("Where were we?");
      var _ = person.awaitMessages(before + 1);
      assertThat(newcomer.searched().all(SearchEvent.Found.class)).isEmpty();
    }
  }

  private static PersonProposed proposed(LonelyPerson person) {
    return person.heard().await("a person is proposed", PersonProposed.class);
  }

  private static boolean holdsANumber(String text) {
    return text.matches("(?s).*\\d{3}.*");
  }
}
