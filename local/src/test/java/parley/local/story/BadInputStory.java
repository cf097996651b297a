package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.client.call.Face;
import parley.client.conversation.ConversationEvent;
import parley.client.conversation.NotSentReason;
import parley.local.LocalMachine;
import parley.local.Progress;
import parley.proto.identity.v1.CreateGuestRequest;
import parley.proto.identity.v1.IdentityServiceGrpc;
import parley.proto.match.v1.GetCurrentRequest;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.match.v1.SettleRequest;
import parley.proto.match.v1.SettlementServiceGrpc;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.SendRequest;
import parley.proto.session.v1.SendResponse;
import parley.proto.session.v1.SessionServiceGrpc;
import parley.proto.session.v1.Text;
import parley.proto.session.v1.TextOutcome;
import parley.testing.Eventually;

/// What no honest client sends, at the door of a whole machine. Each is refused as
/// `proto/README.md` says; two people talk on through all of it, the next good call works, and
/// nothing stays open.
class BadInputStory {
  private static final MethodDescriptor<GetCurrentRequest, ?> CALL =
      MatchServiceGrpc.getGetCurrentMethod();
  private static final String PATH = "/" + CALL.getFullMethodName();
  private static final GetCurrentRequest ASKED = GetCurrentRequest.getDefaultInstance();
  private static final String SESSION = "A".repeat(22);
  private static final int MEBIBYTE = 1024 * 1024;

  private static LocalMachine machine;
  private static Pair pair;
  private static Person guest;
  private static Map<String, String> openBefore;

  @BeforeAll
  static void open() {
    machine = LocalMachine.start(SharedMachine.plan(), Progress.SILENT);
    pair = Pair.meet(machine.door(), Face.NATIVE, Face.WEB);
    guest = Person.arrive(machine.door(), Face.NATIVE, Wishes.anyone("bad-input"));
    // A gauge whose source was collected says NaN from then on.
    System.gc();
    openBefore = OpenCalls.of(machine);
    assertThat(openBefore).doesNotContainValue("NaN");
  }

  @AfterAll
  static void close() {
    guest.close();
    pair.close();
    machine.close();
  }

  @AfterEach
  void theNextGoodCallWorksAndNothingStaysOpen() {
    for (Face face : Face.values()) {
      try (Visitor visitor = Visitor.at(machine.door(), face)) {
        assertThat(visitor.code(CALL, ASKED, headers(Map.of()))).isEqualTo(Status.Code.OK);
      }
    }
    int heard = pair.second().messages().size();
    pair.first().say("and on we talk");
    Eventually.holds("it is heard", () -> pair.second().messages().size() == heard + 1);
    assertThat(pair.first().heard().all(ConversationEvent.Reconnecting.class)).isEmpty();
    assertThat(pair.second().heard().all(ConversationEvent.Reconnecting.class)).isEmpty();
    Eventually.holds(
        "nothing more is open than " + openBefore, () -> OpenCalls.of(machine).equals(openBefore));
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void everyFieldOutsideItsLimitIsNamedWithWhatIsAllowed(Face face) {
    List<String> wrong;
    try (Visitor visitor = Visitor.at(machine.door(), face)) {
      wrong =
          Breaches.of(
                  Stream.of(
                      IdentityServiceGrpc.getServiceDescriptor(),
                      MatchServiceGrpc.getServiceDescriptor(),
                      SessionServiceGrpc.getServiceDescriptor()))
              .filter(
                  tried -> face == Face.NATIVE || tried.getKey().getType().clientSendsOneMessage())
              .flatMap(tried -> judged(visitor, tried.getKey(), tried.getValue()))
              .toList();
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aRequestThatBreaksNothingIsNotCalledInvalid() {
    try (Visitor visitor = Visitor.at(machine.door(), Face.NATIVE)) {
      for (ServiceDescriptor service :
          List.of(
              MatchServiceGrpc.getServiceDescriptor(), SessionServiceGrpc.getServiceDescriptor())) {
        for (MethodDescriptor<?, ?> call : service.getMethods()) {
          if (call.getType() == MethodDescriptor.MethodType.UNARY) {
            assertThat(visitor.code(call, Breaches.good(Breaches.request(call)), headers(Map.of())))
                .as(call.getFullMethodName())
                .isNotEqualTo(Status.Code.INVALID_ARGUMENT);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void limitsOfTheProductAreOutcomesAndTheStreamLivesOn(Face face) {
    try (Pair talk = Pair.meet(machine.door(), face, Face.NATIVE)) {
      talk.first().say("x".repeat(4_001)).say("bell \u0007").say("left \u202e right").say("fine");

      Eventually.holds("the last is heard", () -> talk.second().messages().equals(List.of("fine")));
      assertThat(talk.first().heard().all(ConversationEvent.NotSent.class))
          .extracting(ConversationEvent.NotSent::reason)
          .containsExactly(
              NotSentReason.TOO_LONG, NotSentReason.NOT_PLAIN_TEXT, NotSentReason.NOT_PLAIN_TEXT);
      assertThat(talk.first().heard().all(ConversationEvent.Reconnecting.class)).isEmpty();
    }
  }

  @Test
  void whoWritesTooFastIsToldSoAndTheStreamLivesOn() {
    try (Pair talk = Pair.meet(machine.door(), Face.WEB, Face.NATIVE)) {
      Entered facts =
          talk.first().heard().await("entered", ConversationEvent.Entered.class).facts();
      SendRequest.Builder burst =
          SendRequest.newBuilder()
              .setSessionId(facts.getSessionId())
              .setPass(facts.getPass())
              .setAttachment(facts.getAttachment());
      for (int sequence = 1; sequence <= 16; sequence++) {
        burst.addFrames(
            ClientFrame.newBuilder()
                .setText(Text.newBuilder().setSequence(sequence).setText("quick")));
      }

      var _ = send(talk.first(), burst.build());
      SendRequest.Builder more = burst.clone().clearFrames();
      for (ClientFrame frame : burst.getFramesList()) {
        more.addFrames(
            ClientFrame.newBuilder()
                .setText(
                    frame.getText().toBuilder().setSequence(frame.getText().getSequence() + 16)));
      }
      List<TextOutcome> outcomes = send(talk.first(), more.build()).getOutcomesList();

      assertThat(outcomes.getLast().hasTooFast()).as("the last of %s", outcomes).isTrue();
      assertThat(outcomes.getLast().getTooFast().hasRetryAfter()).isTrue();
      talk.second().say("slower, please");
      Eventually.holds(
          "the stream lives on", () -> talk.first().messages().equals(List.of("slower, please")));
    }
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void whatIsNoCallReachesNothing(Face face) {
    try (Visitor visitor = Visitor.at(machine.door(), face)) {
      for (String name :
          List.of(
              CALL.getFullMethodName() + "?x=1",
              CALL.getFullMethodName() + "/",
              "parley.match.v1.MatchService/Unknown",
              "parley.unknown.v1.UnknownService/GetCurrent",
              "nothing")) {
        assertThat(visitor.code(named(name), ASKED, headers(Map.of())))
            .as(name)
            .isEqualTo(Status.Code.UNIMPLEMENTED);
      }
      assertThat(
              visitor.code(
                  SettlementServiceGrpc.getSettleMethod(),
                  SettleRequest.newBuilder().setSessionId(SESSION).build(),
                  headers(Map.of())))
          .as("a call between services")
          .isEqualTo(Status.Code.UNIMPLEMENTED);
    }
  }

  @Test
  void anUnderscoreInAMetadataNameIsRefused() {
    try (Visitor visitor = Visitor.at(machine.door(), Face.NATIVE)) {
      assertThat(visitor.code(CALL, ASKED, headers(Map.of("x_parley_session", "a"))))
          .isEqualTo(Status.Code.INTERNAL);
    }
    assertThat(raw(Map.of("x_parley_session", "a"))).startsWith("HTTP/1.1 400");
  }

  @Test
  void aHeaderOfAMebibyteIsRefused() {
    String large = "a".repeat(MEBIBYTE);
    try (Visitor visitor = Visitor.at(machine.door(), Face.NATIVE)) {
      assertThat(visitor.code(CALL, ASKED, headers(Map.of("x-large", large))))
          .isIn(Status.Code.INTERNAL, Status.Code.UNAVAILABLE);
    }
    assertThat(raw(Map.of("x-large", large))).startsWith("HTTP/1.1 431");
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void aMessageOfTenMebibytesIsRefused(Face face) {
    CreateGuestRequest huge =
        CreateGuestRequest.newBuilder()
            .setBirthYear(1990)
            .setAcceptedTerms("x".repeat(10 * MEBIBYTE))
            .build();
    try (Visitor visitor = Visitor.at(machine.door(), face)) {
      assertThat(visitor.code(IdentityServiceGrpc.getCreateGuestMethod(), huge, Map.of()))
          .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }
  }

  @Test
  void halfAFrameIsRefusedAndWhoGoesAwayInItIsForgotten() throws IOException {
    ByteString frame = RawRequest.frame(new byte[100]);
    ByteString half = frame.substring(0, 50);

    assertThat(new RawRequest(PATH, headers(Map.of()), half).answer(machine.door()))
        .as("a body that ends in the middle of a frame")
        .isIn("HTTP/1.1 200 OK grpc 13", "HTTP/1.1 200 OK grpc 3");
    for (int i = 0; i < 20; i++) {
      new RawRequest(PATH, headers(Map.of()), half, frame.size()).sendAndLeave(machine.door());
    }
  }

  @Test
  void aLengthThatLiesIsRefused() {
    byte[] lie = {0, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1, 2, 3};

    assertThat(
            new RawRequest(PATH, headers(Map.of()), ByteString.copyFrom(lie))
                .answer(machine.door()))
        .isEqualTo("HTTP/1.1 200 OK grpc 8");
  }

  /// What is wrong with the answer to this breach, in words; nothing if it is as it should be.
  private static Stream<String> judged(
      Visitor visitor, MethodDescriptor<?, ?> call, Breaches.Breach breach) {
    StatusRuntimeException ending = visitor.ending(call, breach.message(), headers(Map.of()));
    boolean told =
        ending.getStatus().getCode() == Status.Code.INVALID_ARGUMENT
            && details(ending, ErrorInfo.class)
                .anyMatch(info -> info.getReason().equals("INVALID_FIELD"))
            && details(ending, BadRequest.class)
                .flatMap(bad -> bad.getFieldViolationsList().stream())
                .anyMatch(
                    violation ->
                        violation.getField().equals(breach.field())
                            && violation.getReason().startsWith(breach.rule())
                            && violation.getDescription().contains(breach.limit())
                            && !violation.getDescription().isBlank());
    return told
        ? Stream.empty()
        : Stream.of(
            breach + ": " + ending.getStatus() + details(ending, BadRequest.class).toList());
  }

  private static <D extends Message> Stream<D> details(
      StatusRuntimeException ending, Class<D> type) {
    com.google.rpc.Status status = StatusProto.fromThrowable(ending);
    return status == null
        ? Stream.empty()
        : status.getDetailsList().stream()
            .filter(detail -> detail.is(type))
            .map(detail -> unpacked(detail, type));
  }

  private static <D extends Message> D unpacked(Any detail, Class<D> type) {
    try {
      return detail.unpack(type);
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static SendResponse send(Person person, SendRequest request) {
    return Knock.answer(
        machine.door(),
        Map.of(
            "authorization",
            "Bearer " + person.identity().accessToken().text(),
            "x-parley-session",
            request.getSessionId()),
        channel -> SessionServiceGrpc.newBlockingStub(channel).send(request));
  }

  private static String raw(Map<String, String> more) {
    return new RawRequest(PATH, headers(more), RawRequest.frame(ASKED.toByteArray()))
        .answer(machine.door());
  }

  private static MethodDescriptor<GetCurrentRequest, ?> named(String fullMethodName) {
    return CALL.toBuilder().setFullMethodName(fullMethodName).build();
  }

  private static Map<String, String> headers(Map<String, String> more) {
    Map<String, String> headers = new TreeMap<>(more);
    headers.put("authorization", "Bearer " + guest.identity().accessToken().text());
    headers.put("x-parley-session", SESSION);
    return headers;
  }
}
