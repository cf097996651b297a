package parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.proto.session.v1.AcknowledgeRequest;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.LeaveSessionRequest;
import parley.proto.session.v1.Next;
import parley.proto.session.v1.ServerFrame;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;

/// How streams are refused, and how they end.
class StreamEndsIT {
  private final Sessions sessions = new Sessions();

  @AfterEach
  void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void aStrangerIsNoMember(Face face) {
    Pair pair = sessions.pair();
    Member stranger =
        sessions.member(pair, Sessions.person(), sessions.node("session-1"), face).enter();

    assertThat(stranger.awaitStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void aGrantDoesNotOpenAnotherSession() {
    SessionNode node = sessions.node("session-1");
    Pair pair = sessions.pair();
    Pair other = sessions.pair();
    Pair mixed =
        new Pair(other.session(), pair.grant(), pair.first(), pair.second(), pair.enterBy());

    Member member = sessions.member(mixed, pair.first(), node, Face.NATIVE).enter();

    assertThat(member.awaitStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void theHeaderMustNameTheSameSession() {
    SessionNode node = sessions.node("session-1");
    Pair pair = sessions.pair();
    Member member = sessions.memberWithHeader(pair, pair.first(), node, "other").enter();

    Status status = member.awaitStatus();
    assertThat(status.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(status.getDescription()).containsIgnoringCase("session");
  }

  @Test
  void aPassIsOfUseToItsParticipantAlone() {
    SessionNode node = sessions.node("session-1");
    Pair pair = sessions.pair();
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();

    Member bob =
        sessions.member(pair, pair.second(), node, Face.WEB).resumed(ann.entry().getPass(), null);

    assertThat(bob.awaitStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void whoComesTooLateStartsOver() {
    Pair pair = sessions.pair(Instant.now().minusSeconds(1));
    Member late =
        sessions.member(pair, pair.first(), sessions.node("session-1"), Face.NATIVE).enter();

    late.awaitEnd(EndReason.END_REASON_NO_SHOW);
    assertThat(late.end().orElseThrow().getNext()).isEqualTo(Next.NEXT_START_OVER);
  }

  @Test
  void aGrantIsTakenAgainUntilTheTimeToEnterIsOverThenOnlyThePassIs() {
    SessionNode node = sessions.node("session-1");
    Pair pair = sessions.pair(Instant.now().plusSeconds(4));
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    Member again = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    assertThat(again.entry().getAttachment()).isEqualTo(2);
    Eventually.holds("the time to enter is over", () -> over(pair));

    Member late = sessions.member(pair, pair.first(), node, Face.NATIVE).enter();

    late.awaitEnd(EndReason.END_REASON_NO_SHOW);
    Member back = sessions.member(pair, pair.first(), node, Face.NATIVE);
    back.resumed(ann.entry().getPass(), null).caughtUp();
    assertThat(back.entry().getAttachment()).isEqualTo(3);
  }

  @Test
  void aStreamThatDoesNotEnterIsRefused() {
    Pair pair = sessions.pair();
    Member ann = sessions.member(pair, pair.first(), sessions.node("session-1"), Face.NATIVE);
    ann.start(Enter.getDefaultInstance(), true);

    assertThat(ann.awaitStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void aDrainingNodeTellsItsStreamsToResume(Face face) {
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1");
    Member ann = sessions.member(pair, pair.first(), node, face).entered();

    node.drain();

    ann.awaitEnd(EndReason.END_REASON_DRAIN);
    assertThat(ann.end().orElseThrow().getNext()).isEqualTo(Next.NEXT_RESUME);
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void aRevokedMemberIsEndedWithinASecond(Face face) {
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1");
    Member ann = sessions.member(pair, pair.first(), node, face).entered();
    Member bob = sessions.member(pair, pair.second(), node, face).entered();
    long before = System.nanoTime();

    sessions.revoke(pair.first());

    ann.awaitEnd(EndReason.END_REASON_REVOKED);
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .as("a second, and what a busy machine adds")
        .isLessThan(Duration.ofSeconds(4));
    assertThat(ann.end().orElseThrow().getNext()).isEqualTo(Next.NEXT_STOP);
    assertThat(bob.isOpen()).isTrue();
  }

  @Test
  void streamsAreRenewedAtTheirAgeAndBeatTillThen() {
    Pair pair = sessions.pair();
    SessionNode node =
        sessions.node(
            "session-1", Map.of("stream.max-age", "400ms", "stream.heartbeat-every", "50ms"));
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();

    ann.awaitEnd(EndReason.END_REASON_MAX_AGE);

    assertThat(ann.end().orElseThrow().getNext()).isEqualTo(Next.NEXT_RESUME);
    assertThat(ann.frames.stream().filter(ServerFrame::hasHeartbeat).count()).isBetween(2L, 9L);
  }

  @Test
  void leavingMayBeRepeatedAndAcknowledgeSaysThatItIsOver() {
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1");
    Member ann = sessions.member(pair, pair.first(), node, Face.WEB).entered();
    AcknowledgeRequest sign =
        AcknowledgeRequest.newBuilder()
            .setSessionId(pair.session().text())
            .setPass(ann.entry().getPass())
            .setAttachment(1)
            .build();
    assertThat(ann.blocking().acknowledge(sign).hasAcknowledged()).isTrue();
    AcknowledgeRequest stale = sign.toBuilder().setAttachment(7).build();
    assertThat(ann.blocking().acknowledge(stale).hasStaleAttachment()).isTrue();
    LeaveSessionRequest leave =
        LeaveSessionRequest.newBuilder()
            .setSessionId(pair.session().text())
            .setPass(ann.entry().getPass())
            .build();

    assertThat(ann.blocking().leaveSession(leave).hasLeft()).isTrue();
    assertThat(ann.blocking().leaveSession(leave).hasLeft()).isTrue();

    ann.awaitEnd(EndReason.END_REASON_YOU_LEFT);
    assertThat(ann.blocking().acknowledge(sign).hasNotOpen()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void aReaderThatStopsIsEndedAndHurtsNobody(Face face) {
    Pair pair = sessions.pair();
    SessionNode node =
        sessions.node(
            "session-1",
            Map.of(
                "pace.burst", "100000",
                "stream.queue-bytes", "65536",
                "relay.replay", "100000",
                "log.entries", "100000"));
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), node, face).entered();
    Member deaf =
        sessions.member(pair, pair.second(), node, face).resumedDeaf(bob.entry().getPass());
    Eventually.holds("the deaf one has taken over", () -> bob.end().isPresent());
    String much = "\u00e4".repeat(3_500);

    int sent = 0;
    while (sessions.ended(node, "slow_reader") == 0 && sent < 2_000) {
      for (int i = 0; i < 20; i++) {
        ann.text(++sent, much);
      }
      int all = sent;
      Eventually.holds("the good one is served", () -> ann.outcomes().size() == all);
    }

    assertThat(sessions.ended(node, "slow_reader")).isEqualTo(1);
    assertThat(deaf.frames).hasSizeLessThan(sent);
    Member again =
        sessions
            .member(pair, pair.second(), node, face)
            .resumed(bob.entry().getPass(), null)
            .caughtUp();
    assertThat(again.heard()).hasSize(sent);
  }

  private static boolean over(Pair pair) {
    return pair.enterBy().isBefore(Instant.now());
  }
}
