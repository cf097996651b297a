package parley.client.fake;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import parley.proto.session.v1.AcknowledgeRequest;
import parley.proto.session.v1.AcknowledgeResponse;
import parley.proto.session.v1.Acknowledged;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.LeaveSessionRequest;
import parley.proto.session.v1.LeaveSessionResponse;
import parley.proto.session.v1.OpenRequest;
import parley.proto.session.v1.SendRequest;
import parley.proto.session.v1.SendResponse;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.SessionLeft;
import parley.proto.session.v1.SessionServiceGrpc;

/// Hands every attachment and every Send to the test.
public final class FakeSessionService extends SessionServiceGrpc.SessionServiceImplBase {
  public final BlockingQueue<FakeAttachment> attachments = new LinkedBlockingQueue<>();
  public final BlockingQueue<PendingSend> sends = new LinkedBlockingQueue<>();
  public final BlockingQueue<AcknowledgeRequest> acknowledged = new LinkedBlockingQueue<>();
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
    sends.add(new PendingSend(request, caller));
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

  public record PendingSend(SendRequest request, StreamObserver<SendResponse> caller) {
    public void answer(SendResponse.Builder answer) {
      caller.onNext(answer.build());
      caller.onCompleted();
    }
  }
}
