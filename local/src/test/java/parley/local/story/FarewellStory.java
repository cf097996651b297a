package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.client.call.Face;
import parley.client.conversation.ConversationEnding;
import parley.client.conversation.ConversationEvent;
import parley.client.conversation.Recourse;
import parley.client.conversation.Recourse.BlockAnswer;
import parley.client.conversation.Recourse.Complaint;
import parley.client.conversation.Recourse.HistoryAnswer;
import parley.client.conversation.Recourse.ReportAnswer;
import parley.proto.session.v1.ReportReason;

/// Going for good, and what can be done about what was said.
class FarewellStory {
  @ParameterizedTest
  @EnumSource(Face.class)
  void twoWhoWereBlockedDoNotMeetAgainAndTheOtherSeesOnlyThatOneLeft(Face face) {
    String tag = "block-" + UUID.randomUUID().toString().substring(0, 8);
    try (Pair pair = Pair.enter(arrive(face, tag), arrive(face, tag));
        Person third = arrive(face, tag);
        Person fourth = arrive(face, tag)) {
      Recourse recourse = pair.first().talk().recourse();

      assertThat(recourse.block(peerOf(pair.first()))).isEqualTo(BlockAnswer.BLOCKED);

      assertThat(ended(pair.second())).isEqualTo(ConversationEnding.LEFT);
      assertThat(ended(pair.first())).isEqualTo(ConversationEnding.YOU_LEFT);
      assertThat(recourse.block(peerOf(pair.first()))).as("again").isEqualTo(BlockAnswer.BLOCKED);
      pair.first().seekAndWait();
      pair.second().seekAndWait();
      third.seek();
      assertThat(third.found().sessionId()).isEqualTo(pair.first().found().sessionId());
      fourth.seek();
      assertThat(fourth.found().sessionId()).isEqualTo(pair.second().found().sessionId());
    }
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void aReportLooksLikeLeavingAndMayBeRepeatedAlsoAfterTheEnd(Face face) {
    try (Pair pair = Pair.meet(SharedMachine.door(), face, face)) {
      pair.second().say("nasty words");
      pair.awaitDelivered(pair.second(), pair.first(), 1);
      Recourse recourse = pair.first().talk().recourse();
      Complaint complaint =
          new Complaint(
              peerOf(pair.first()), ReportReason.REPORT_REASON_HARASSMENT, "they were nasty");

      assertThat(recourse.report(complaint)).isEqualTo(ReportAnswer.REPORTED);

      assertThat(ended(pair.second())).isEqualTo(ConversationEnding.LEFT);
      assertThat(ended(pair.first())).isEqualTo(ConversationEnding.YOU_LEFT);
      assertThat(recourse.report(complaint)).as("again").isEqualTo(ReportAnswer.REPORTED);
      Complaint nobody = new Complaint(7, ReportReason.REPORT_REASON_SPAM, "");
      assertThat(recourse.report(nobody)).isEqualTo(ReportAnswer.NO_SUCH_MEMBER);
      assertThat(
              pair.second()
                  .talk()
                  .recourse()
                  .report(
                      new Complaint(peerOf(pair.second()), complaint.reason(), "no, they were")))
          .as("the other one may, too")
          .isEqualTo(ReportAnswer.REPORTED);
    }
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void whatWasSaidIsReadBackPageByPageAlsoAfterTheEnd(Face face) {
    try (Pair pair = Pair.meet(SharedMachine.door(), face, face)) {
      List<String> words = IntStream.rangeClosed(1, 15).mapToObj(i -> "word " + i).toList();
      words.forEach(pair.first()::say);
      pair.awaitDelivered(pair.first(), pair.second(), words.size());
      Recourse recourse = pair.second().talk().recourse();
      HistoryAnswer.Page newest = page(recourse, "");
      pair.first().say("meanwhile");
      pair.awaitDelivered(pair.first(), pair.second(), words.size() + 1);
      assertThat(newest.newerCursor()).as("at the tip").isEmpty();
      pair.first().leave();
      assertThat(ended(pair.second())).isEqualTo(ConversationEnding.LEFT);

      List<String> back = new ArrayList<>(texts(newest));
      HistoryAnswer.Page page = newest;
      while (!page.olderCursor().isEmpty()) {
        page = page(recourse, page.olderCursor());
        back.addAll(0, texts(page));
      }
      assertThat(back).isEqualTo(words);
      List<String> there = new ArrayList<>(texts(page));
      while (!page.newerCursor().isEmpty()) {
        page = page(recourse, page.newerCursor());
        there.addAll(texts(page));
      }
      assertThat(there).startsWith(words.toArray(String[]::new)).endsWith("meanwhile").hasSize(16);
    }
  }

  private static HistoryAnswer.Page page(Recourse recourse, String cursor) {
    return (HistoryAnswer.Page) recourse.history(cursor, 4);
  }

  private static List<String> texts(HistoryAnswer.Page page) {
    return page.said().stream().map(ConversationEvent.Said::text).toList();
  }

  private static Person arrive(Face face, String tag) {
    return Person.arrive(SharedMachine.door(), face, Wishes.anyone(tag));
  }

  private static int peerOf(Person person) {
    var facts = person.heard().await("entered", ConversationEvent.Entered.class).facts();
    return 3 - facts.getMemberId();
  }

  private static ConversationEnding ended(Person person) {
    return person.heard().await("the conversation ended", ConversationEvent.Ended.class).ending();
  }
}
