package parley.client.fake;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import parley.proto.session.v1.AcknowledgeRequest;
import parley.proto.session.v1.AcknowledgeResponse;
import parley.proto.session.v1.Acknowledged;
import parley.proto.session.v1.BlockMemberRequest;
import parley.proto.session.v1.BlockMemberResponse;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.LeaveSessionRequest;
import parley.proto.session.v1.LeaveSessionResponse;
import parley.proto.session.v1.ListMessagesRequest;
import parley.proto.session.v1.ListMessagesResponse;
import parley.proto.session.v1.MemberBlocked;
import parley.proto.session.v1.MemberReported;
import parley.proto.session.v1.OpenRequest;
import parley.proto.session.v1.ReceiptUpdate;
import parley.proto.session.v1.ReportMemberRequest;
import parley.proto.session.v1.ReportMemberResponse;
import parley.proto.session.v1.SendRequest;
import parley.proto.session.v1.SendResponse;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.SessionLeft;
import parley.proto.session.v1.SessionServiceGrpc;
import parley.proto.session.v1.TextGone;

/// Hands every attachment and every Send to the test.
public final class FakeSessionService extends SessionServiceGrpc.SessionServiceImplBase {
  public final BlockingQueue<FakeAttachment> attachments = new LinkedBlockingQueue<>();
  public final BlockingQueue<PendingSend> sends = new LinkedBlockingQueue<>();
  public final BlockingQueue<AcknowledgeRequest> acknowledged = new LinkedBlockingQueue<>();

  /// What came by Send; what came by Converse stands at its attachment.
  public final BlockingQueue<ReceiptUpdate> receipts = new LinkedBlockingQueue<>();

  public final BlockingQueue<BlockMemberRequest> blocks = new LinkedBlockingQueue<>();
  public final BlockingQueue<ReportMemberRequest> reports = new LinkedBlockingQueue<>();
  public final BlockingQueue<ListMessagesRequest> lists = new LinkedBlockingQueue<>();
  public volatile ListMessagesResponse listing =
      ListMessagesResponse.newBuilder().setTextGone(TextGone.getDefaultInstance()).build();

  /// How many calls of `reportMember` break before one is answered.
  public final AtomicInteger brokenReports = new AtomicInteger();

  public final BlockingQueue<LeaveSessionRequest> left = new LinkedBlockingQueue<>();
  public volatile Function<AcknowledgeRequest, AcknowledgeResponse> acknowledging =
      request ->
          AcknowledgeResponse.newBuilder()
              .setAcknowledged(Acknowledged.getDefaultInstance())
              .build();

  public FakeAttachment next() {
    return Awaited.from(attachments, "an attachment");
  }

  public PendingSend nextSend() {
    return Awaited.from(sends, "a Send");
  }

  @Override
  public StreamObserver<ClientFrame> converse(StreamObserver<ServerFrame> down) {
    FakeAttachment attachment = FakeAttachment.over((ServerCallStreamObserver<ServerFrame>) down);
    return new StreamObserver<>() {
      @Override
      public void onNext(ClientFrame frame) {
        if (frame.hasEnter()) {
          attachments.add(attachment.entering(frame.getEnter()));
        } else if (frame.hasReceipt()) {
          attachment.receipts().add(frame.getReceipt());
        } else {
          attachment.frames().add(frame);
        }
      }

      @Override
      public void onError(Throwable fault) {
        attachment.gone().countDown();
      }

      @Override
      public void onCompleted() {
        attachment.gone().countDown();
      }
    };
  }

  @Override
  public void open(OpenRequest request, StreamObserver<ServerFrame> down) {
    attachments.add(
        FakeAttachment.over((ServerCallStreamObserver<ServerFrame>) down)
            .entering(request.getEnter()));
  }

  @Override
  public void send(SendRequest request, StreamObserver<SendResponse> caller) {
    PendingSend pending = new PendingSend(request, caller);
    request.getFramesList().stream()
        .filter(ClientFrame::hasReceipt)
        .forEach(frame -> receipts.add(frame.getReceipt()));
    if (request.getFramesList().stream().allMatch(ClientFrame::hasReceipt)) {
      pending.answer(SendResponse.newBuilder());
    } else {
      sends.add(pending);
    }
  }

  @Override
  public void acknowledge(AcknowledgeRequest request, StreamObserver<AcknowledgeResponse> caller) {
    acknowledged.add(request);
    caller.onNext(acknowledging.apply(request));
    caller.onCompleted();
  }

  @Override
  public void leaveSession(
      LeaveSessionRequest request, StreamObserver<LeaveSessionResponse> caller) {
    left.add(request);
    caller.onNext(
        LeaveSessionResponse.newBuilder().setLeft(SessionLeft.getDefaultInstance()).build());
    caller.onCompleted();
  }

  @Override
  public void blockMember(BlockMemberRequest request, StreamObserver<BlockMemberResponse> caller) {
    blocks.add(request);
    caller.onNext(
        BlockMemberResponse.newBuilder().setBlocked(MemberBlocked.getDefaultInstance()).build());
    caller.onCompleted();
  }

  @Override
  public void reportMember(
      ReportMemberRequest request, StreamObserver<ReportMemberResponse> caller) {
    reports.add(request);
    if (brokenReports.getAndDecrement() > 0) {
      caller.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    caller.onNext(
        ReportMemberResponse.newBuilder().setReported(MemberReported.getDefaultInstance()).build());
    caller.onCompleted();
  }

  @Override
  public void listMessages(
      ListMessagesRequest request, StreamObserver<ListMessagesResponse> caller) {
    lists.add(request);
    caller.onNext(listing);
    caller.onCompleted();
  }

  public record PendingSend(SendRequest request, StreamObserver<SendResponse> caller) {
    public void answer(SendResponse.Builder answer) {
      caller.onNext(answer.build());
      caller.onCompleted();
    }
  }
}
