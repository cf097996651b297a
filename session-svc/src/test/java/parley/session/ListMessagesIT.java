package parley.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Envelope;
import parley.proto.session.v1.ListMessagesRequest;
import parley.proto.session.v1.ListMessagesResponse;
import parley.proto.session.v1.MessagePage;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;

/// Reading back, over real sockets.
class ListMessagesIT {
  private static final Map<String, String> NO_PACE =
      Map.of("pace.burst", "1000", "pace.per-second", "1000");

  private final Sessions sessions = new Sessions();

  @AfterEach
  void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void pagesGoBothWaysWhileMoreIsSaidAndLookLikeFrames(Face face) {
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1", NO_PACE);
    Member ann = sessions.member(pair, pair.first(), node, face).entered();
    Member bob = sessions.member(pair, pair.second(), node, face).entered();
    say(ann, 1, 30);
    say(bob, 1, 10);
    Eventually.holds("all was heard", () -> ann.heard().size() == 10 && bob.heard().size() == 30);

    List<Envelope> back = new ArrayList<>();
    MessagePage page = page(bob, pair, "", 7);
    assertThat(page.getNewerCursor()).as("at the tip").isEmpty();
    String forward = "";
    int said = 30;
    while (true) {
      back.addAll(0, page.getEnvelopesList());
      if (page.getOlderCursor().isEmpty()) {
        break;
      }
      say(ann, ++said, said);
      page = page(bob, pair, page.getOlderCursor(), 7);
      forward = page.getNewerCursor();
    }
    List<Envelope> there = new ArrayList<>(page.getEnvelopesList());
    while (!forward.isEmpty()) {
      page = page(bob, pair, forward, 7);
      there.addAll(page.getEnvelopesList());
      forward = page.getNewerCursor();
    }

    assertThat(offsets(back)).isEqualTo(IntStream.rangeClosed(1, 40).boxed().toList());
    assertThat(offsets(there)).isEqualTo(IntStream.rangeClosed(1, said + 10).boxed().toList());
    assertThat(back.stream().filter(e -> e.getMemberId() == 1).toList())
        .as("as in frames")
        .isEqualTo(bob.envelopes().subList(0, 30));
    assertThat(back.stream().filter(e -> e.getMemberId() == 2))
        .extracting(Envelope::getOwnSequence)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void aCursorOfSomebodyElseOrMadeUpIsRefused() {
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1", NO_PACE);
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), node, Face.NATIVE).entered();
    say(ann, 1, 5);
    Eventually.holds("all was heard", () -> bob.heard().size() == 5);
    String own = page(bob, pair, "", 2).getOlderCursor();
    assertThat(own).isNotEmpty().hasSizeLessThanOrEqualTo(256);
    String forged = own.substring(0, own.length() - 3) + (own.endsWith("AAA") ? "BBB" : "AAA");

    for (String wrong : List.of(page(ann, pair, "", 2).getOlderCursor(), forged, "7", "§")) {
      assertThatThrownBy(() -> page(bob, pair, wrong, 2))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              refused ->
                  assertThat(refused.getStatus().getCode())
                      .isEqualTo(Status.Code.INVALID_ARGUMENT));
    }
  }

  @Test
  void theHistoryIsThereAfterTheEndUntilTheTextIsGone() {
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1", Map.of("log.text-after-close", "2s"));
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), node, Face.WEB).entered();
    say(ann, 1, 3);
    Eventually.holds("all was heard", () -> bob.heard().size() == 3);
    ann.leave();
    bob.awaitEnd(EndReason.END_REASON_LEFT);

    assertThat(page(bob, pair, "", 10).getEnvelopesCount()).isEqualTo(3);
    Eventually.holds("the text is gone", () -> list(bob, pair, "", 10).hasTextGone());
  }

  private static void say(Member member, int first, int last) {
    IntStream.rangeClosed(first, last).forEach(i -> member.text(i, "text " + i));
  }

  private static MessagePage page(Member member, Pair pair, String cursor, int size) {
    ListMessagesResponse answer = list(member, pair, cursor, size);
    assertThat(answer.hasPage()).as("%s", answer).isTrue();
    return answer.getPage();
  }

  private static ListMessagesResponse list(Member member, Pair pair, String cursor, int size) {
    return member
        .blocking()
        .listMessages(
            ListMessagesRequest.newBuilder()
                .setSessionId(pair.session().text())
                .setPass(member.entry().getPass())
                .setCursor(cursor)
                .setPageSize(size)
                .build());
  }

  private static List<Integer> offsets(List<Envelope> envelopes) {
    return envelopes.stream().map(e -> e.getPosition().getOffset()).toList();
  }
}
