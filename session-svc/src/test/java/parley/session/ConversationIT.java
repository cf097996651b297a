package parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.proto.domain.v1.Position;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Next;
import parley.proto.session.v1.Presence;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.TextOutcome;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;

/// Two members over real sockets, both faces, one node and two.
class ConversationIT {
  private final Sessions sessions = new Sessions();

  @AfterEach
  void close() {
    sessions.close();
  }

  @ParameterizedTest
  @CsvSource({"NATIVE,NATIVE", "NATIVE,WEB", "WEB,NATIVE", "WEB,WEB"})
  void membersOfAnyFaceOnTwoNodesTalkInOneOrder(Face one, Face other) {
    Pair pair = sessions.pair();
    Member ann = sessions.member(pair, pair.first(), sessions.node("session-1"), one).entered();
    Member bob = sessions.member(pair, pair.second(), sessions.node("session-2"), other).entered();

    for (int i = 1; i <= 10; i++) {
      ann.text(i, "a" + i);
      bob.text(i, "b" + i);
    }

    Eventually.holds(
        "each heard ten texts", () -> ann.heard().size() == 10 && bob.heard().size() == 10);
    assertThat(ann.heard()).isEqualTo(texts("b", 10));
    assertThat(bob.heard()).isEqualTo(texts("a", 10));
    Eventually.holds(
        "each was told of all twenty",
        () -> ann.offsets().size() == 20 && bob.offsets().size() == 20);
    assertThat(ann.offsets()).isEqualTo(IntStream.rangeClosed(1, 20).boxed().toList());
    assertThat(bob.offsets()).isEqualTo(IntStream.rangeClosed(1, 20).boxed().toList());
    assertThat(ann.outcomes()).allMatch(TextOutcome::hasStored);
    assertThat(bob.outcomes()).allMatch(TextOutcome::hasStored);
    bob.envelopes()
        .forEach(
            e ->
                assertThat(ann.outcomes())
                    .anyMatch(o -> o.getStored().getPosition().equals(e.getPosition())));
  }

  @Test
  void aMemberIsToldThatThePeerIsHere() {
    Pair pair = sessions.pair();
    Member ann =
        sessions.member(pair, pair.first(), sessions.node("session-1"), Face.NATIVE).entered();
    assertThat(ann.entry().getMembers(1).getPresence()).isEqualTo(Presence.PRESENCE_EXPECTED);

    Member bob =
        sessions.member(pair, pair.second(), sessions.node("session-2"), Face.WEB).entered();

    Eventually.holds(
        "the first is told",
        () ->
            ann.frames.stream()
                .anyMatch(
                    f ->
                        f.getMember().getMember().getMemberId() == 2
                            && f.getMember().getMember().getPresence() == Presence.PRESENCE_HERE));
    assertThat(bob.entry().getMembers(0).getPresence()).isEqualTo(Presence.PRESENCE_HERE);
  }

  @ParameterizedTest
  @CsvSource({"NATIVE,true", "NATIVE,false", "WEB,true", "WEB,false"})
  void whoComesBackGetsExactlyWhatWasMissed(Face face, boolean sameNode) {
    Pair pair = sessions.pair();
    SessionNode one = sessions.node("session-1");
    SessionNode two = sessions.node("session-2");
    Member ann = sessions.member(pair, pair.first(), one, face).entered();
    Member bob = sessions.member(pair, pair.second(), two, Face.NATIVE).entered();
    ann.text(1, "mine");
    bob.text(1, "b1");
    Eventually.holds("the first was told of both", () -> ann.offsets().size() == 2);
    Position position = ann.position();
    ann.cancel();
    bob.text(2, "b2");
    bob.text(3, "b3");
    Eventually.holds("all are stored", () -> bob.offsets().size() == 4);

    Member again =
        sessions
            .member(pair, pair.first(), sameNode ? one : two, face)
            .resumed(ann.entry().getPass(), position)
            .caughtUp();

    assertThat(again.heard()).containsExactly("b2", "b3");
    assertThat(again.entry().getNextSequence()).isEqualTo(2);
    again.text(2, "back");
    Eventually.holds("the peer hears the one who is back", () -> bob.heard().contains("back"));
  }

  @Test
  void replayFromTheStartHoldsOwnTextsWithTheirSequence() {
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1");
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    ann.text(1, "one");
    Eventually.holds("it is stored", () -> ann.outcomes().size() == 1);

    Member again =
        sessions
            .member(pair, pair.first(), node, Face.NATIVE)
            .resumed(ann.entry().getPass(), null)
            .caughtUp();

    assertThat(again.envelopes()).hasSize(1);
    assertThat(again.envelopes().getFirst().getOwnSequence()).isEqualTo(1);
    ann.awaitEnd(EndReason.END_REASON_TAKEN_OVER);
  }

  @Test
  void aNewerStreamAtAnotherNodeTakesOver() {
    Pair pair = sessions.pair();
    Member ann =
        sessions.member(pair, pair.first(), sessions.node("session-1"), Face.NATIVE).entered();

    Member again =
        sessions.member(pair, pair.first(), sessions.node("session-2"), Face.WEB).entered();

    ann.awaitEnd(EndReason.END_REASON_TAKEN_OVER);
    assertThat(ann.end().orElseThrow().getNext()).isEqualTo(Next.NEXT_STOP);
    assertThat(again.entry().getAttachment()).isEqualTo(2);
    var stale = again.blocking().send(again.sendRequest(1, text(1, "late")));
    assertThat(stale.getOutcomes(0).hasStaleAttachment()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"NATIVE", "WEB"})
  void leavingEndsTheConversationForBoth(Face face) {
    Pair pair = sessions.pair();
    Member ann = sessions.member(pair, pair.first(), sessions.node("session-1"), face).entered();
    Member bob =
        sessions.member(pair, pair.second(), sessions.node("session-2"), Face.NATIVE).entered();
    ann.text(1, "bye");

    ann.leave();

    ann.awaitEnd(EndReason.END_REASON_YOU_LEFT);
    bob.awaitEnd(EndReason.END_REASON_LEFT);
    assertThat(bob.heard()).containsExactly("bye");
    assertThat(bob.end().orElseThrow().getNext()).isEqualTo(Next.NEXT_STOP);
    var late = bob.blocking().send(bob.sendRequest(1, text(1, "wait")));
    assertThat(late.getOutcomes(0).hasNotOpen()).isTrue();
  }

  @Test
  void whoWasAwayWhenThePeerLeftReadsTheLastWordsAndTheEnd() {
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1");
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), node, Face.NATIVE).entered();
    bob.cancel();
    ann.text(1, "bye");
    ann.leave();
    ann.awaitEnd(EndReason.END_REASON_YOU_LEFT);

    Member again =
        sessions.member(pair, pair.second(), node, Face.WEB).resumed(bob.entry().getPass(), null);

    again.awaitEnd(EndReason.END_REASON_LEFT);
    assertThat(again.heard()).containsExactly("bye");
  }

  @Test
  void halfCloseAndCancelAreNotLeaving() {
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1");
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), node, Face.NATIVE).entered();
    ann.halfClose();
    bob.text(1, "still there?");
    Eventually.holds("the one who half-closed still hears", () -> ann.heard().size() == 1);
    ann.cancel();
    bob.text(2, "and now?");
    Eventually.holds("the other can still speak", () -> bob.outcomes().size() == 2);
    assertThat(bob.isOpen()).isTrue();
    assertThat(bob.outcomes()).allMatch(TextOutcome::hasStored);
  }

  @Test
  void typingReachesThePeerAlone() {
    Pair pair = sessions.pair();
    Member ann =
        sessions.member(pair, pair.first(), sessions.node("session-1"), Face.NATIVE).entered();
    Member bob =
        sessions.member(pair, pair.second(), sessions.node("session-2"), Face.WEB).entered();

    bob.typing();

    Eventually.holds(
        "the peer is told", () -> ann.frames.stream().anyMatch(ServerFrame::hasTyping));
    ann.text(1, "marker");
    Eventually.holds("the marker came", () -> bob.heard().contains("marker"));
    assertThat(bob.frames).noneMatch(ServerFrame::hasTyping);
  }

  static parley.proto.session.v1.ClientFrame text(int sequence, String text) {
    return parley.proto.session.v1.ClientFrame.newBuilder()
        .setText(parley.proto.session.v1.Text.newBuilder().setSequence(sequence).setText(text))
        .build();
  }

  private static List<String> texts(String prefix, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toList();
  }
}
