package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.client.call.Face;
import parley.client.conversation.ConversationEnding;
import parley.client.conversation.ConversationEvent;
import parley.client.conversation.ConversationState;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.SendRequest;
import parley.proto.session.v1.SendResponse;
import parley.proto.session.v1.SessionServiceGrpc;
import parley.proto.session.v1.Text;
import parley.proto.session.v1.TextOutcome;
import parley.testing.Eventually;

class ReturnStory {
  @ParameterizedTest
  @EnumSource(Face.class)
  void aReloadComesBackToTheExactPlace(Face face) {
    try (Pair pair = Pair.meet(SharedMachine.door(), face, Face.NATIVE)) {
      pair.second().say("one").say("two");
      pair.awaitDelivered(pair.second(), pair.first(), 2);
      ConversationState kept = pair.first().closeTab();
      pair.second().say("three").say("four");
      Eventually.holds(
          "the words are stored while the tab is closed", () -> pair.second().stored() == 4);

      pair.first().reopen(kept);

      Eventually.holds(
          "what was missed, and nothing twice",
          () -> pair.first().messages().equals(List.of("three", "four")));
      pair.first().say("back");
      Eventually.holds("the peer hears it", () -> pair.second().messages().equals(List.of("back")));
      assertThat(pair.lostNothing()).isTrue();
    }
  }

  @Test
  void aSecondTabTakesOverAndTheFirstIsToldSo() {
    try (Pair pair = Pair.meet(SharedMachine.door())) {
      pair.first().say("hello");
      pair.awaitDelivered(pair.first(), pair.second(), 1);
      Heard<ConversationEvent> firstTab = pair.first().heard();
      ConversationState kept = pair.first().talk().state();

      pair.first().openSecondTab(kept);

      assertThat(firstTab.await("the first tab ended", ConversationEvent.Ended.class).ending())
          .isEqualTo(ConversationEnding.TAKEN_OVER);
      pair.first().say("from the second tab");
      Eventually.holds(
          "only the second tab speaks",
          () -> pair.second().messages().equals(List.of("hello", "from the second tab")));
    }
  }

  @Test
  void aTabThatWasTakenOverCannotWriteAnyMore() {
    try (Pair pair = Pair.meet(SharedMachine.door(), Face.WEB, Face.NATIVE)) {
      Entered old = pair.first().heard().await("entered", ConversationEvent.Entered.class).facts();
      pair.first().openSecondTab(pair.first().talk().state());

      SendResponse answer =
          Knock.answer(
              SharedMachine.door(),
              Map.of(
                  "authorization",
                  "Bearer " + pair.first().identity().accessToken().text(),
                  "x-parley-session",
                  old.getSessionId()),
              channel ->
                  SessionServiceGrpc.newBlockingStub(channel)
                      .withDeadlineAfter(5, TimeUnit.SECONDS)
                      .send(
                          SendRequest.newBuilder()
                              .setSessionId(old.getSessionId())
                              .setPass(old.getPass())
                              .setAttachment(old.getAttachment())
                              .addFrames(
                                  ClientFrame.newBuilder()
                                      .setText(Text.newBuilder().setSequence(1).setText("late")))
                              .build()));

      assertThat(answer.getOutcomesList()).singleElement().matches(TextOutcome::hasStaleAttachment);
      pair.first().say("from the tab that has it");
      Eventually.holds(
          "only the newer tab is heard",
          () -> pair.second().messages().equals(List.of("from the tab that has it")));
    }
  }
}
