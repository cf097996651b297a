package parley.client.conversation;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import parley.client.conversation.ConversationState.GrantToEnter;
import parley.client.conversation.ConversationState.PassToReturn;
import parley.proto.session.v1.BlockMemberRequest;
import parley.proto.session.v1.ListMessagesRequest;
import parley.proto.session.v1.ListMessagesResponse;
import parley.proto.session.v1.MessagePage;
import parley.proto.session.v1.ReportMemberRequest;
import parley.proto.session.v1.ReportReason;

/// What a member may do about what was said: read it again, block, report. Also after the end,
/// until the server no longer keeps the words.
///
/// Every method blocks, and tries again while that may help; any thread. Each throws
/// `IllegalStateException` before the conversation was entered, and
/// [parley.client.call.CallRefused] if the server does not answer in time, or refuses: then it may
/// be called again, which is harmless.
public final class Recourse {
  private final SessionCalls calls;
  private final Told told;
  private final Supplier<String> newId;
  private final Map<Complaint, String> complaints = new ConcurrentHashMap<>();

  Recourse(SessionCalls calls, Told told, Supplier<String> newId) {
    this.calls = calls;
    this.told = told;
    this.newId = newId;
  }

  /// Leaves, and never meets that member again.
  public BlockAnswer block(int memberId) {
    var request =
        BlockMemberRequest.newBuilder()
            .setSessionId(calls.sessionId())
            .setPass(pass())
            .setMemberId(memberId)
            .build();
    return switch (calls.block(request).getOutcomeCase()) {
      case BLOCKED -> BlockAnswer.BLOCKED;
      case NO_SUCH_MEMBER -> BlockAnswer.NO_SUCH_MEMBER;
      case OUTCOME_NOT_SET -> BlockAnswer.NOT_UNDERSTOOD;
    };
  }

  /// Hands the last words of a member to the operator, and leaves. The same complaint again is the
  /// same report.
  public ReportAnswer report(Complaint complaint) {
    var request =
        ReportMemberRequest.newBuilder()
            .setSessionId(calls.sessionId())
            .setPass(pass())
            .setMemberId(complaint.memberId())
            .setRequestId(complaints.computeIfAbsent(complaint, _ -> newId.get()))
            .setReason(complaint.reason())
            .setComment(complaint.comment())
            .build();
    return switch (calls.report(request).getOutcomeCase()) {
      case REPORTED -> ReportAnswer.REPORTED;
      case NO_SUCH_MEMBER -> ReportAnswer.NO_SUCH_MEMBER;
      case TEXT_GONE -> ReportAnswer.TEXT_GONE;
      case OUTCOME_NOT_SET -> ReportAnswer.NOT_UNDERSTOOD;
    };
  }

  /// A page of what was said.
  ///
  /// @param cursor from an earlier page; empty for the newest
  /// @param count at most, up to 200
  public HistoryAnswer history(String cursor, int count) {
    var request =
        ListMessagesRequest.newBuilder()
            .setSessionId(calls.sessionId())
            .setPass(pass())
            .setCursor(cursor)
            .setPageSize(count)
            .build();
    ListMessagesResponse answer = calls.list(request);
    return switch (answer.getOutcomeCase()) {
      case PAGE -> page(answer.getPage());
      case TEXT_GONE, OUTCOME_NOT_SET -> new HistoryAnswer.TextGone();
    };
  }

  private static HistoryAnswer page(MessagePage page) {
    List<ConversationEvent.Said> said =
        page.getEnvelopesList().stream().flatMap(one -> Words.of(one).stream()).toList();
    return new HistoryAnswer.Page(said, page.getOlderCursor(), page.getNewerCursor());
  }

  private ByteString pass() {
    return switch (told.state().credential()) {
      case PassToReturn(var pass) -> pass;
      case GrantToEnter _ ->
          throw new IllegalStateException("this conversation was not entered yet");
    };
  }

  /// What one member has against another.
  ///
  /// @param comment in the reporter's words, perhaps none; at most 500 characters
  public record Complaint(int memberId, ReportReason reason, String comment) {}

  /// What came of a block.
  public enum BlockAnswer {
    /// Left, and the two do not meet again.
    BLOCKED,
    /// No other member with that number has entered.
    NO_SUCH_MEMBER,
    /// The server says what this client does not know.
    NOT_UNDERSTOOD
  }

  /// What came of a report.
  public enum ReportAnswer {
    /// The operator has it, and this member has left.
    REPORTED,
    /// No other member with that number has entered.
    NO_SUCH_MEMBER,
    /// The words are no longer kept.
    TEXT_GONE,
    /// The server says what this client does not know.
    NOT_UNDERSTOOD
  }

  /// What came of reading back.
  public sealed interface HistoryAnswer {
    /// @param said in the order of the log
    /// @param olderCursor empty at the start of what is kept
    /// @param newerCursor empty at the tip
    record Page(List<ConversationEvent.Said> said, String olderCursor, String newerCursor)
        implements HistoryAnswer {
      public Page {
        said = List.copyOf(said);
      }
    }

    /// The words are no longer kept.
    record TextGone() implements HistoryAnswer {}
  }
}
