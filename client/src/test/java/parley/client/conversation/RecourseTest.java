package parley.client.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.client.call.Face;
import parley.client.conversation.Recourse.BlockAnswer;
import parley.client.conversation.Recourse.Complaint;
import parley.client.conversation.Recourse.HistoryAnswer;
import parley.client.conversation.Recourse.ReportAnswer;
import parley.client.fake.Awaited;
import parley.client.fake.FakeAttachment;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.ListMessagesResponse;
import parley.proto.session.v1.MessagePage;
import parley.proto.session.v1.Next;
import parley.proto.session.v1.ReportReason;

/// Reading again, blocking and reporting.
class RecourseTest {
  private static final Complaint COMPLAINT =
      new Complaint(2, ReportReason.REPORT_REASON_SPAM, "nothing but advertisements");

  private final Stage stage = new Stage(Face.NATIVE);
  private final Recourse recourse = stage.talk.recourse();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void beforeEnteringThereIsNobodyToBlock() {
    assertThatThrownBy(() -> recourse.block(2)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void itIsGoodAfterTheEndAndAfterTheTabIsClosed() {
    stage.entered().end(EndReason.END_REASON_LEFT, Next.NEXT_STOP);
    stage.heard.next(ConversationEvent.Ended.class);
    stage.talk.close();

    assertThat(recourse.block(2)).isEqualTo(BlockAnswer.BLOCKED);
    var asked = Awaited.from(stage.fake.sessions.blocks, "a block");
    assertThat(asked.getMemberId()).isEqualTo(2);
    assertThat(asked.getPass().toStringUtf8()).isEqualTo("pass");
    assertThat(recourse.history("", 10)).isEqualTo(new HistoryAnswer.TextGone());
  }

  @Test
  void aReportThatIsRepeatedIsTheSameReportAndAnotherIsNot() {
    stage.entered();
    stage.fake.sessions.brokenReports.set(2);

    assertThat(recourse.report(COMPLAINT)).isEqualTo(ReportAnswer.REPORTED);
    assertThat(recourse.report(COMPLAINT)).isEqualTo(ReportAnswer.REPORTED);
    Complaint another = new Complaint(2, ReportReason.REPORT_REASON_OTHER, "");
    assertThat(recourse.report(another)).isEqualTo(ReportAnswer.REPORTED);

    assertThat(stage.fake.sessions.reports).hasSize(5);
    assertThat(stage.fake.sessions.reports.stream().limit(4))
        .allMatch(asked -> asked.getComment().equals(COMPLAINT.comment()))
        .extracting(asked -> asked.getRequestId())
        .containsOnly(stage.fake.sessions.reports.peek().getRequestId());
    assertThat(
            stage.fake.sessions.reports.stream().skip(4).findFirst().orElseThrow().getRequestId())
        .isNotEqualTo(stage.fake.sessions.reports.peek().getRequestId());
  }

  @Test
  void aPageHoldsWordsAndTheWayToOthers() {
    stage.entered();
    stage.fake.sessions.listing =
        ListMessagesResponse.newBuilder()
            .setPage(
                MessagePage.newBuilder()
                    .addEnvelopes(FakeAttachment.envelope(1, "one"))
                    .addEnvelopes(FakeAttachment.envelope(2, "").toBuilder().clearText())
                    .addEnvelopes(FakeAttachment.envelope(3, "three"))
                    .setOlderCursor("back"))
            .build();

    assertThat(recourse.history("here", 7))
        .isInstanceOfSatisfying(
            HistoryAnswer.Page.class,
            page -> {
              assertThat(page.said())
                  .extracting(ConversationEvent.Said::text)
                  .containsExactly("one", "three");
              assertThat(page.olderCursor()).isEqualTo("back");
              assertThat(page.newerCursor()).isEmpty();
            });
    var asked = Awaited.from(stage.fake.sessions.lists, "a page");
    assertThat(asked.getCursor()).isEqualTo("here");
    assertThat(asked.getPageSize()).isEqualTo(7);
  }
}
