package parley.session.api;

import java.time.Duration;
import parley.platform.grpc.Failures;
import parley.proto.session.v1.BlockMemberRequest;
import parley.proto.session.v1.BlockMemberResponse;
import parley.proto.session.v1.LeaveSessionResponse;
import parley.proto.session.v1.MemberBlocked;
import parley.proto.session.v1.MemberReported;
import parley.proto.session.v1.NoSuchMember;
import parley.proto.session.v1.ReportMemberRequest;
import parley.proto.session.v1.ReportMemberResponse;
import parley.proto.session.v1.SessionLeft;
import parley.proto.session.v1.TextGone;
import parley.session.core.Admission;
import parley.session.core.Complaint;
import parley.session.core.Departures;
import parley.session.core.ReportReason;

/// Leaving, blocking and reporting, mapped to the core and back.
final class FarewellCalls {
  /// The sessions of a day end, and with them what was reported in them.
  private static final Duration ANOTHER_DAY = Duration.ofHours(12);

  private final Departures departures;

  FarewellCalls(Departures departures) {
    this.departures = departures;
  }

  LeaveSessionResponse leave(Admission member) {
    if (!departures.leave(member)) {
      throw Failures.unavailable();
    }
    return LeaveSessionResponse.newBuilder().setLeft(SessionLeft.getDefaultInstance()).build();
  }

  BlockMemberResponse block(Admission member, BlockMemberRequest request) {
    BlockMemberResponse.Builder out = BlockMemberResponse.newBuilder();
    return switch (departures.block(member, request.getMemberId())) {
      case BLOCKED -> out.setBlocked(MemberBlocked.getDefaultInstance()).build();
      case NO_SUCH_MEMBER -> out.setNoSuchMember(NoSuchMember.getDefaultInstance()).build();
      case UNAVAILABLE -> throw Failures.unavailable();
    };
  }

  ReportMemberResponse report(Admission member, ReportMemberRequest request) {
    Complaint complaint =
        new Complaint(
            request.getMemberId(),
            request.getRequestId(),
            reason(request.getReason()),
            request.getComment());
    ReportMemberResponse.Builder out = ReportMemberResponse.newBuilder();
    return switch (departures.report(member, complaint)) {
      case REPORTED -> out.setReported(MemberReported.getDefaultInstance()).build();
      case NO_SUCH_MEMBER -> out.setNoSuchMember(NoSuchMember.getDefaultInstance()).build();
      case TEXT_GONE -> out.setTextGone(TextGone.getDefaultInstance()).build();
      case TOO_MANY -> throw Failures.exhausted("reports_in_a_session", ANOTHER_DAY);
      case UNAVAILABLE -> throw Failures.unavailable();
    };
  }

  private static ReportReason reason(parley.proto.session.v1.ReportReason reason) {
    return switch (reason) {
      case REPORT_REASON_HARASSMENT -> ReportReason.HARASSMENT;
      case REPORT_REASON_SEXUAL_CONTENT -> ReportReason.SEXUAL_CONTENT;
      case REPORT_REASON_MINOR_IN_DANGER -> ReportReason.MINOR_IN_DANGER;
      case REPORT_REASON_VIOLENCE -> ReportReason.VIOLENCE;
      case REPORT_REASON_SPAM -> ReportReason.SPAM;
      case REPORT_REASON_OTHER, REPORT_REASON_UNSPECIFIED, UNRECOGNIZED -> ReportReason.OTHER;
    };
  }
}
