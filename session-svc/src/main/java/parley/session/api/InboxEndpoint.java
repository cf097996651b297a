package parley.session.api;

import io.grpc.stub.StreamObserver;
import parley.domain.ParticipantId;
import parley.platform.grpc.Failures;
import parley.platform.grpc.UnaryCalls;
import parley.proto.session.v1.DeliverRequest;
import parley.proto.session.v1.DeliverResponse;
import parley.proto.session.v1.Delivered;
import parley.proto.session.v1.InboxNotice;
import parley.proto.session.v1.InboxServiceGrpc.InboxServiceImplBase;
import parley.relay.Body;
import parley.session.core.Content;
import parley.session.core.Inboxes;

/// What our other services have to tell participants, on the mesh port.
public final class InboxEndpoint extends InboxServiceImplBase {
  private final Inboxes inboxes;
  private final UnaryCalls calls;

  public InboxEndpoint(Inboxes inboxes, UnaryCalls calls) {
    this.inboxes = inboxes;
    this.calls = calls;
  }

  @Override
  public void deliver(DeliverRequest request, StreamObserver<DeliverResponse> caller) {
    ParticipantId participant = ParticipantId.of(request.getParticipantId().toByteArray());
    Content content = content(request.getNotice());
    calls.answer(
        caller,
        () ->
            switch (inboxes.deliver(participant, request.getDeliveryId(), content)) {
              case DELIVERED ->
                  DeliverResponse.newBuilder().setDelivered(Delivered.getDefaultInstance()).build();
              case UNAVAILABLE -> throw Failures.unavailable();
            });
  }

  private static Content content(InboxNotice notice) {
    return switch (notice.getEventCase()) {
      case PEER_NEVER_CAME -> new Content.PeerNeverCame(notice.getPeerNeverCame().getTicketId());
      case PROPOSAL, MATCHED, PROPOSAL_WITHDRAWN ->
          new Content.PassedOn(Body.of(notice.toByteArray()));
      case EVENT_NOT_SET -> throw Failures.invalid("notice.event", "is none", "what happened");
    };
  }
}
