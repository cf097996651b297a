package parley.session.redis;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import parley.proto.storage.session.v1.StoredBody;
import parley.proto.storage.session.v1.StoredPeerNeverCame;
import parley.proto.storage.session.v1.StoredReport;
import parley.proto.storage.session.v1.StoredReportReason;
import parley.relay.Body;
import parley.session.core.About;
import parley.session.core.Complaint;
import parley.session.core.Content;
import parley.session.core.ReportReason;
import parley.session.core.port.Bodies;

/// Messages as `parley.storage.session.v1.StoredBody`.
public final class StoredBodies implements Bodies {
  @Override
  public Body encode(Content content) {
    StoredBody.Builder body = StoredBody.newBuilder();
    switch (content) {
      case Content.Text(String text) -> body.setText(text);
      case Content.Disclosure(String text) -> body.setDisclosure(text);
      case Content.PeerNeverCame(String ticket) ->
          body.setPeerNeverCame(StoredPeerNeverCame.newBuilder().setTicketId(ticket));
      case Content.PassedOn(Body notice) -> body.setPassedOn(ByteString.copyFrom(notice.bytes()));
      case Content.Unknown() -> {}
    }
    return Body.of(body.build().toByteArray());
  }

  @Override
  public Content decode(Body body) {
    try {
      StoredBody stored = StoredBody.parseFrom(body.bytes());
      return switch (stored.getContentCase()) {
        case TEXT -> new Content.Text(stored.getText());
        case DISCLOSURE -> new Content.Disclosure(stored.getDisclosure());
        case PEER_NEVER_CAME -> new Content.PeerNeverCame(stored.getPeerNeverCame().getTicketId());
        case PASSED_ON -> new Content.PassedOn(Body.of(stored.getPassedOn().toByteArray()));
        case CONTENT_NOT_SET -> new Content.Unknown();
      };
    } catch (InvalidProtocolBufferException ofAnotherVersion) {
      return new Content.Unknown();
    }
  }

  @Override
  public Body encode(About about) {
    return Body.of(StoredAbout.write(about));
  }

  @Override
  public Body encode(Complaint complaint) {
    return Body.of(
        StoredReport.newBuilder()
            .setReason(
                switch (complaint.reason()) {
                  case HARASSMENT -> StoredReportReason.STORED_REPORT_REASON_HARASSMENT;
                  case SEXUAL_CONTENT -> StoredReportReason.STORED_REPORT_REASON_SEXUAL_CONTENT;
                  case MINOR_IN_DANGER -> StoredReportReason.STORED_REPORT_REASON_MINOR_IN_DANGER;
                  case VIOLENCE -> StoredReportReason.STORED_REPORT_REASON_VIOLENCE;
                  case SPAM -> StoredReportReason.STORED_REPORT_REASON_SPAM;
                  case OTHER -> StoredReportReason.STORED_REPORT_REASON_OTHER;
                })
            .setComment(complaint.comment())
            .setRequestId(complaint.request())
            .build()
            .toByteArray());
  }

  @Override
  public About about(Body body) {
    return StoredAbout.read(body.bytes());
  }

  @Override
  public Complaint complaint(int whom, Body body) {
    try {
      StoredReport stored = StoredReport.parseFrom(body.bytes());
      return new Complaint(
          whom, stored.getRequestId(), reason(stored.getReason()), stored.getComment());
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalArgumentException(body.size() + " bytes are no report", broken);
    }
  }

  private static ReportReason reason(StoredReportReason reason) {
    return switch (reason) {
      case STORED_REPORT_REASON_HARASSMENT -> ReportReason.HARASSMENT;
      case STORED_REPORT_REASON_SEXUAL_CONTENT -> ReportReason.SEXUAL_CONTENT;
      case STORED_REPORT_REASON_MINOR_IN_DANGER -> ReportReason.MINOR_IN_DANGER;
      case STORED_REPORT_REASON_VIOLENCE -> ReportReason.VIOLENCE;
      case STORED_REPORT_REASON_SPAM -> ReportReason.SPAM;
      case STORED_REPORT_REASON_OTHER, STORED_REPORT_REASON_UNSPECIFIED, UNRECOGNIZED ->
          ReportReason.OTHER;
    };
  }
}
