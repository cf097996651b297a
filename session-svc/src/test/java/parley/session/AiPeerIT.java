package parley.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.domain.MemberKind;
import parley.domain.Principal;
import parley.proto.session.v1.BlockMemberRequest;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Envelope;
import parley.proto.session.v1.ListMessagesRequest;
import parley.proto.session.v1.Next;
import parley.proto.session.v1.ReportMemberRequest;
import parley.proto.session.v1.ReportReason;
import parley.proto.session.v1.ServerFrame;
import parley.proto.token.v1.AiDisclosure;
import parley.relay.redis.RelayKeys;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;
import redis.clients.jedis.Jedis;

/// A session whose second member is an AI, over real sockets; two nodes.
class AiPeerIT {
  private static final Map<String, String> SHORT =
      Map.of(
          "presence.gone-after", "50ms",
          "presence.round-every", "50ms",
          "presence.ai-grace", "450ms",
          "presence.calm", "1ms");
  private static final AiDisclosure IN_GERMAN =
      AiDisclosure.newBuilder()
          .addLanguages("de-AT")
          .addLanguages("en")
          .setProvider("Wolke")
          .build();

  private final Sessions sessions = new Sessions();
  private final Principal person = Sessions.person();

  @AfterEach
  void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(MemberKind.class)
  void whatTheAiIsComesFirstAndOnceWhoeverEntersFirst(MemberKind first) {
    Pair pair = sessions.withAi(person, IN_GERMAN);
    SessionNode one = sessions.node("session-1");
    SessionNode two = sessions.node("session-2");
    Member ann = sessions.member(pair, pair.first(), one, Face.NATIVE);
    Member ai = sessions.member(pair, pair.second(), two, Face.NATIVE);
    List<Member> inOrder = first == MemberKind.AI ? List.of(ai, ann) : List.of(ann, ai);
    inOrder.forEach(Member::entered);
    inOrder.getFirst().text(1, "marker");

    for (Member member : List.of(ann, ai)) {
      Eventually.holds("the marker came", () -> member.position().getOffset() == 2);
      Envelope opening = member.envelopes().getFirst();
      assertThat(opening.getDisclosure()).contains("mit einer KI").contains("Wolke");
      assertThat(opening.getPosition().getOffset()).isEqualTo(1);
      assertThat(opening.getMemberId()).isZero();
      assertThat(opening.getKindValue()).isZero();
      assertThat(opening.hasAt()).isTrue();
      assertThat(member.envelopes()).filteredOn(Envelope::hasDisclosure).hasSize(1);
    }
  }

  @Test
  void peopleAmongThemselvesAreToldNothing() {
    Pair pair = sessions.pair();
    SessionNode one = sessions.node("session-1");
    Member ann = sessions.member(pair, pair.first(), one, Face.NATIVE).entered();

    assertThat(ann.entry().getTip().getOffset()).isZero();
    assertThat(ann.envelopes()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void whatAnAiSaysIsLabelledLiveAgainAndInTheHistory(Face face) {
    Pair pair = sessions.withAi(person, AiDisclosure.getDefaultInstance());
    SessionNode one = sessions.node("session-1");
    SessionNode two = sessions.node("session-2");
    Member ann = sessions.member(pair, pair.first(), one, face).entered();
    Member ai = sessions.member(pair, pair.second(), two, Face.NATIVE).entered();
    ai.text(1, "hello, I am a program");
    Eventually.holds("it was heard", () -> ann.heard().contains("hello, I am a program"));
    ann.text(1, "and I am not");
    Eventually.holds("it was heard", () -> ai.heard().contains("and I am not"));

    Member again = sessions.member(pair, pair.first(), two, face).resumed(ann.pass(), null);
    again.caughtUp();
    var page =
        again
            .blocking()
            .listMessages(
                ListMessagesRequest.newBuilder()
                    .setSessionId(pair.session().text())
                    .setPass(ann.pass())
                    .build())
            .getPage();

    for (List<Envelope> told :
        List.of(ann.envelopes(), again.envelopes(), page.getEnvelopesList())) {
      assertThat(told.getFirst().getDisclosure()).startsWith("You are talking with an AI");
      assertThat(told.get(1).getText()).isEqualTo("hello, I am a program");
      assertThat(told.get(1).getKind()).isEqualTo(parley.proto.domain.v1.MemberKind.MEMBER_KIND_AI);
    }
    assertThat(ai.envelopes().getLast().getKind())
        .isEqualTo(parley.proto.domain.v1.MemberKind.MEMBER_KIND_PERSON);
    assertThat(ann.entry().getMembers(1).getKind())
        .isEqualTo(parley.proto.domain.v1.MemberKind.MEMBER_KIND_AI);
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void nobodyEntersAsWhatTheyAreNot(Face face) {
    Pair pair = sessions.withAi(person, AiDisclosure.getDefaultInstance());
    SessionNode one = sessions.node("session-1");
    Principal posing = Sessions.posingAs(MemberKind.PERSON, pair.second());
    Principal posed = Sessions.posingAs(MemberKind.AI, person);

    for (Principal who : List.of(posing, posed)) {
      Status refused = sessions.member(pair, who, one, face).enter().awaitStatus();
      assertThat(refused.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(refused.getDescription()).contains("member");
    }
    Member ai = sessions.member(pair, pair.second(), one, face).entered();
    Status byPass = sessions.member(pair, posing, one, face).resumed(ai.pass(), null).awaitStatus();
    assertThat(byPass.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void anAiWhoseStreamIsGoneIsLostAndAPersonIsNot() {
    SessionNode one = sessions.node("session-1", SHORT);
    Pair people = sessions.pair();
    Member bea = sessions.member(people, people.first(), one, Face.NATIVE).entered();
    sessions.member(people, people.second(), one, Face.NATIVE).entered().cancel();
    Pair pair = sessions.withAi(person, AiDisclosure.getDefaultInstance());
    Member ann = sessions.member(pair, pair.first(), one, Face.WEB).entered();
    Member ai = sessions.member(pair, pair.second(), one, Face.NATIVE).entered();

    ai.cancel();

    ann.awaitEnd(EndReason.END_REASON_LOST);
    assertThat(ann.end().orElseThrow().getNext()).isEqualTo(Next.NEXT_START_OVER);
    assertThat(bea.isOpen()).as("a person is waited for").isTrue();
    Member late = sessions.member(pair, pair.first(), one, Face.NATIVE);
    late.resumed(ann.pass(), null).awaitEnd(EndReason.END_REASON_LOST);
    assertThat(late.end().orElseThrow().getNext()).isEqualTo(Next.NEXT_START_OVER);
  }

  @Test
  void anAiThatComesBackInTimeGoesOn() {
    Map<String, String> patient = new HashMap<>(SHORT);
    patient.put("presence.ai-grace", "8s");
    SessionNode one = sessions.node("session-1", patient);
    SessionNode two = sessions.node("session-2", patient);
    Pair pair = sessions.withAi(person, AiDisclosure.getDefaultInstance());
    Member ann = sessions.member(pair, pair.first(), one, Face.NATIVE).entered();
    Member ai = sessions.member(pair, pair.second(), one, Face.NATIVE).entered();
    ai.cancel();
    Eventually.holds("it is away", () -> ann.presences(2).size() > 1);
    Instant later = Instant.now().plusMillis(700);
    Eventually.holds("it is away for a while", () -> Instant.now().isAfter(later));

    Member again = sessions.member(pair, pair.second(), two, Face.NATIVE);
    again.resumed(ai.pass(), ai.position()).caughtUp();

    again.text(1, "here I am again");
    Eventually.holds("it was heard", () -> ann.heard().contains("here I am again"));
    assertThat(ann.isOpen()).isTrue();
  }

  @Test
  void whatTheAiIsComesAgainInALogThatWasLost() {
    Pair pair = sessions.withAi(person, IN_GERMAN);
    SessionNode one = sessions.node("session-1");
    Member ann = sessions.member(pair, pair.first(), one, Face.NATIVE).entered();
    Eventually.holds("it was told", () -> ann.position().getOffset() == 1);
    ann.cancel();
    try (Jedis redis = sessions.jedis()) {
      redis.del(new RelayKeys(sessions.prefix()).state(pair.session()));
    }

    Member again = sessions.member(pair, pair.first(), one, Face.NATIVE);
    again.resumed(ann.pass(), ann.position()).caughtUp();

    assertThat(again.frames).anyMatch(ServerFrame::hasReset);
    assertThat(again.envelopes()).hasSize(1);
    assertThat(again.envelopes().getFirst().getDisclosure()).contains("Wolke");
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void whoBlocksAnAiLeavesAndNothingElse(Face face) {
    try (FakeMatchService match = new FakeMatchService(sessions.redis())) {
      SessionNode one = sessions.node("session-1");
      Pair pair = sessions.withAi(person, AiDisclosure.getDefaultInstance());
      Member ann = sessions.member(pair, pair.first(), one, face).entered();
      Member ai = sessions.member(pair, pair.second(), one, Face.NATIVE).entered();

      assertThat(ann.blocking().blockMember(block(ann, pair, 2)).hasBlocked()).isTrue();

      ai.awaitEnd(EndReason.END_REASON_LEFT);
      Pair people = sessions.pair();
      Member bea = sessions.member(people, people.first(), one, face).entered();
      sessions.member(people, people.second(), one, face).entered();
      assertThat(bea.blocking().blockMember(block(bea, people, 2)).hasBlocked()).isTrue();
      assertThat(match.refused).as("the person's alone").hasSize(1);
    }
  }

  @Test
  void whatIsForPeopleIsRefusedToAnAi() {
    SessionNode one = sessions.node("session-1");
    Pair pair = sessions.withAi(person, AiDisclosure.getDefaultInstance());
    Member ann = sessions.member(pair, pair.first(), one, Face.NATIVE).entered();
    Member ai = sessions.member(pair, pair.second(), one, Face.NATIVE).entered();
    var report =
        ReportMemberRequest.newBuilder()
            .setSessionId(pair.session().text())
            .setPass(ai.pass())
            .setMemberId(1)
            .setRequestId("request-1")
            .setReason(ReportReason.REPORT_REASON_SPAM)
            .build();
    var list =
        ListMessagesRequest.newBuilder()
            .setSessionId(pair.session().text())
            .setPass(ai.pass())
            .build();

    denied(() -> ai.blocking().blockMember(block(ai, pair, 1)));
    denied(() -> ai.blocking().reportMember(report));
    denied(() -> ai.blocking().listMessages(list));
    assertThat(ann.isOpen()).isTrue();
  }

  private static BlockMemberRequest block(Member by, Pair pair, int whom) {
    return BlockMemberRequest.newBuilder()
        .setSessionId(pair.session().text())
        .setPass(by.pass())
        .setMemberId(whom)
        .build();
  }

  private static void denied(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("PERMISSION_DENIED");
  }
}
