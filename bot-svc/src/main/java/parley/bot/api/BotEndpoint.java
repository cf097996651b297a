package parley.bot.api;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import parley.bot.core.Invitation;
import parley.bot.core.Person;
import parley.bot.core.Places;
import parley.bot.core.Reservation;
import parley.bot.core.ReservationId;
import parley.bot.core.ReserveOutcome;
import parley.bot.core.SealedGrant;
import parley.bot.core.Talk;
import parley.bot.core.TicketId;
import parley.bot.core.port.Talkers;
import parley.domain.DeviceId;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.platform.grpc.Correlation;
import parley.platform.grpc.DomainWords;
import parley.platform.grpc.Failures;
import parley.platform.grpc.ProtoTimes;
import parley.platform.grpc.UnaryCalls;
import parley.proto.bot.v1.BotServiceGrpc;
import parley.proto.bot.v1.InviteRequest;
import parley.proto.bot.v1.InviteResponse;
import parley.proto.bot.v1.Invited;
import parley.proto.bot.v1.NoSuchConversation;
import parley.proto.bot.v1.NoSuchReservation;
import parley.proto.bot.v1.NodeFull;
import parley.proto.bot.v1.NodeRefuses;
import parley.proto.bot.v1.ReserveRequest;
import parley.proto.bot.v1.ReserveResponse;
import parley.proto.bot.v1.Reserved;
import parley.proto.bot.v1.StepAsideRequest;
import parley.proto.bot.v1.StepAsideResponse;
import parley.proto.bot.v1.SteppedAside;

/// Answers `BotService`.
public final class BotEndpoint extends BotServiceGrpc.BotServiceImplBase {
  /// The caller waits for a second; whether the line was stored by then changes nothing for it.
  private static final Duration LINE_STORED_WITHIN = Duration.ofMillis(900);

  private final Places places;
  private final Talkers talkers;
  private final NodeId node;
  private final UnaryCalls calls;

  public BotEndpoint(Places places, Talkers talkers, NodeId node, UnaryCalls calls) {
    this.places = places;
    this.talkers = talkers;
    this.node = node;
    this.calls = calls;
  }

  @Override
  public void reserve(ReserveRequest request, StreamObserver<ReserveResponse> caller) {
    calls.answer(caller, () -> response(places.reserve(new TicketId(request.getTicketId()))));
  }

  @Override
  public void invite(InviteRequest request, StreamObserver<InviteResponse> caller) {
    Invitation invitation = invitation(request);
    ReservationId id = new ReservationId(request.getReservationId());
    calls.answer(
        caller,
        () ->
            places.invite(id, invitation)
                ? InviteResponse.newBuilder().setInvited(Invited.getDefaultInstance()).build()
                : InviteResponse.newBuilder()
                    .setNoSuchReservation(NoSuchReservation.getDefaultInstance())
                    .build());
  }

  @Override
  public void stepAside(StepAsideRequest request, StreamObserver<StepAsideResponse> caller) {
    SessionId session = session(request.getSessionId());
    calls.answer(
        caller,
        () ->
            places
                .talk(session)
                .map(BotEndpoint::stepAside)
                .orElseGet(
                    () ->
                        StepAsideResponse.newBuilder()
                            .setNoSuchConversation(NoSuchConversation.getDefaultInstance())
                            .build()));
  }

  private static StepAsideResponse stepAside(Talk talk) {
    CountDownLatch settled = new CountDownLatch(1);
    talk.stepAside(settled::countDown);
    try {
      var _ = settled.await(LINE_STORED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
    return StepAsideResponse.newBuilder()
        .setSteppedAside(SteppedAside.getDefaultInstance())
        .build();
  }

  private ReserveResponse response(ReserveOutcome outcome) {
    ReserveResponse.Builder response = ReserveResponse.newBuilder();
    return switch (outcome) {
      case ReserveOutcome.Reserved(Reservation kept) ->
          response.setReserved(reserved(kept)).build();
      case ReserveOutcome.Full() -> response.setFull(NodeFull.getDefaultInstance()).build();
      case ReserveOutcome.Refuses() ->
          response.setRefuses(NodeRefuses.getDefaultInstance()).build();
    };
  }

  private Reserved reserved(Reservation kept) {
    return Reserved.newBuilder()
        .setReservationId(kept.id().text())
        .setParticipantId(ByteString.copyFrom(kept.peer().bytes()))
        .setHeldFor(ProtoTimes.write(kept.heldFor()))
        .setTalker(DomainWords.write(talkers.kind()))
        .setProvider(talkers.provider())
        .setNodeId(node.text())
        .build();
  }

  private static Invitation invitation(InviteRequest request) {
    return new Invitation(
        session(request.getSessionId()),
        SealedGrant.of(request.getGrant().toByteArray()),
        ProtoTimes.read(request.getEnterWithin()),
        new Person(
            request.getTagsList(),
            request.getLanguagesList(),
            DomainWords.read(request.getCohort()),
            DeviceId.of(request.getDeviceId().toByteArray())),
        Correlation.current());
  }

  private static SessionId session(String text) {
    try {
      return new SessionId(text);
    } catch (IllegalArgumentException wrong) {
      throw Failures.invalid("session_id", "is not an id", "16 bytes as base64url, 22 characters");
    }
  }
}
