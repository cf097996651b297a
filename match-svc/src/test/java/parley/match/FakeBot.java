package parley.match;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import parley.domain.ParticipantId;
import parley.proto.bot.v1.BotServiceGrpc.BotServiceImplBase;
import parley.proto.bot.v1.InviteRequest;
import parley.proto.bot.v1.InviteResponse;
import parley.proto.bot.v1.Invited;
import parley.proto.bot.v1.NoSuchReservation;
import parley.proto.bot.v1.NodeFull;
import parley.proto.bot.v1.NodeRefuses;
import parley.proto.bot.v1.ReserveRequest;
import parley.proto.bot.v1.ReserveResponse;
import parley.proto.bot.v1.Reserved;
import parley.proto.bot.v1.StepAsideRequest;
import parley.proto.bot.v1.StepAsideResponse;
import parley.proto.bot.v1.SteppedAside;
import parley.proto.domain.v1.TalkerKind;

/// A node of bot-svc that answers as it is in the mood to, and talks with nobody.
final class FakeBot extends BotServiceImplBase {
  enum Mood {
    TAKES,
    FULL,
    REFUSES,
    /// Does not answer.
    SLOW,
    /// Takes, and knows nothing of it later.
    FORGETS
  }

  private final String node;
  private final RandomGenerator random = RandomGenerator.getDefault();
  final AtomicInteger asked = new AtomicInteger();
  final List<Reserved> reserved = new CopyOnWriteArrayList<>();
  final List<InviteRequest> invited = new CopyOnWriteArrayList<>();
  final List<String> steppedAside = new CopyOnWriteArrayList<>();
  volatile Mood mood = Mood.TAKES;

  /// As its lease says.
  volatile int places = 10;

  volatile Runnable meanwhile = () -> {};

  FakeBot(String node) {
    this.node = node;
  }

  @Override
  public void reserve(ReserveRequest request, StreamObserver<ReserveResponse> caller) {
    asked.incrementAndGet();
    meanwhile.run();
    ReserveResponse.Builder response = ReserveResponse.newBuilder();
    switch (mood) {
      case TAKES, FORGETS -> {
        Reserved place =
            Reserved.newBuilder()
                .setReservationId("r".repeat(22))
                .setParticipantId(ByteString.copyFrom(ParticipantId.random(random).bytes()))
                .setHeldFor(Durations.fromSeconds(10))
                .setProvider("Somebody Else")
                .setTalker(TalkerKind.TALKER_KIND_BUILT_IN)
                .setNodeId(node)
                .build();
        reserved.add(place);
        answer(caller, response.setReserved(place).build());
      }
      case FULL -> answer(caller, response.setFull(NodeFull.getDefaultInstance()).build());
      case REFUSES -> answer(caller, response.setRefuses(NodeRefuses.getDefaultInstance()).build());
      case SLOW -> {}
    }
  }

  @Override
  public void invite(InviteRequest request, StreamObserver<InviteResponse> caller) {
    InviteResponse.Builder response = InviteResponse.newBuilder();
    if (mood == Mood.FORGETS) {
      response.setNoSuchReservation(NoSuchReservation.getDefaultInstance());
    } else {
      invited.add(request);
      response.setInvited(Invited.getDefaultInstance());
    }
    answer(caller, response.build());
  }

  @Override
  public void stepAside(StepAsideRequest request, StreamObserver<StepAsideResponse> caller) {
    steppedAside.add(request.getSessionId());
    answer(
        caller,
        StepAsideResponse.newBuilder().setSteppedAside(SteppedAside.getDefaultInstance()).build());
  }

  private static <T> void answer(StreamObserver<T> caller, T response) {
    caller.onNext(response);
    caller.onCompleted();
  }
}
