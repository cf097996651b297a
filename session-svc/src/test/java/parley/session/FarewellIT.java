package parley.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.domain.NodeId;
import parley.platform.lifecycle.NodeContext;
import parley.proto.session.v1.BlockMemberRequest;
import parley.proto.session.v1.BlockMemberResponse;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.LeaveSessionRequest;
import parley.proto.session.v1.ListMessagesRequest;
import parley.proto.session.v1.ReportMemberRequest;
import parley.proto.session.v1.ReportMemberResponse;
import parley.proto.session.v1.ReportReason;
import parley.proto.session.v1.ServerFrame;
import parley.relay.Bucket;
import parley.relay.OutboxEntry;
import parley.relay.OutboxReader;
import parley.relay.redis.RedisOutbox;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;

/// Leaving, blocking and reporting, over real sockets.
class FarewellIT {
  private final Sessions sessions = new Sessions();

  @AfterEach
  void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void aBlockLooksLikeLeavingAndIsKnownToMatchingWhenItIsAnswered(Face face) {
    try (FakeMatchService match = new FakeMatchService(sessions.redis())) {
      SessionNode node = sessions.node("session-1");
      Pair left = sessions.pair();
      Member ann = sessions.member(left, left.first(), node, face).entered();
      Member bob = sessions.member(left, left.second(), node, face).entered();
      Pair blocked = sessions.pair();
      Member cat = sessions.member(blocked, blocked.first(), node, face).entered();
      Member dan = sessions.member(blocked, blocked.second(), node, face).entered();

      ann.leave();
      assertThat(block(cat, blocked, 2).hasBlocked()).isTrue();

      assertThat(match.refused).hasSize(1);
      var refused = match.refused.getFirst();
      assertThat(refused.getBy().getParticipantId().toByteArray())
          .isEqualTo(blocked.first().participant().bytes());
      assertThat(refused.getWhom().getParticipantId().toByteArray())
          .isEqualTo(blocked.second().participant().bytes());
      assertThat(refused.getWhom().getDeviceId().toByteArray())
          .isEqualTo(blocked.second().device().bytes());
      bob.awaitEnd(EndReason.END_REASON_LEFT);
      dan.awaitEnd(EndReason.END_REASON_LEFT);
      assertThat(last(dan)).as("what the peer sees").isEqualTo(last(bob));
      cat.awaitEnd(EndReason.END_REASON_YOU_LEFT);
      assertThat(block(cat, blocked, 2).hasBlocked()).as("after the end").isTrue();
      assertThat(match.refused).hasSize(2);
    }
  }

  @Test
  void aBlockThatMatchingDoesNotKnowIsNotAnsweredAndLeavesAllTheSame() {
    SessionNode node = sessions.node("session-1");
    Pair pair = sessions.pair();
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), node, Face.NATIVE).entered();

    assertThatThrownBy(() -> block(ann, pair, 2))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            thrown -> assertThat(thrown.getStatus().getCode()).hasToString("UNAVAILABLE"));
    bob.awaitEnd(EndReason.END_REASON_LEFT);
    try (FakeMatchService match = new FakeMatchService(sessions.redis())) {
      Eventually.holds(
          "the repetition is answered",
          () -> {
            try {
              return block(ann, pair, 2).hasBlocked();
            } catch (StatusRuntimeException notYet) {
              return false;
            }
          });
      assertThat(match.refused).isNotEmpty();
    }
  }

  @Test
  void nobodyBlocksOrReportsThemselvesOrSomebodyWhoNeverCame() {
    SessionNode node = sessions.node("session-1");
    Pair pair = sessions.pair();
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();

    for (int member : List.of(0, 1, 2, 3)) {
      assertThat(block(ann, pair, member).hasNoSuchMember()).isTrue();
      assertThat(report(ann, pair, member, "request-1").hasNoSuchMember()).isTrue();
    }
    assertThat(ann.isOpen()).as("nothing was ended by that").isTrue();
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void aReportIsKeptOnceAndLeaves(Face face) {
    SessionNode node = sessions.node("session-1");
    Pair pair = sessions.pair();
    Member ann = sessions.member(pair, pair.first(), node, face).entered();
    Member bob = sessions.member(pair, pair.second(), node, face).entered();
    bob.text(1, "nasty words");
    Eventually.holds("ann has heard", () -> ann.heard().size() == 1);

    assertThat(report(ann, pair, 2, "request-1").hasReported()).isTrue();
    assertThat(report(ann, pair, 2, "request-1").hasReported()).isTrue();

    bob.awaitEnd(EndReason.END_REASON_LEFT);
    List<OutboxEntry> told = reports(pair);
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().reported().by()).isEqualTo(1);
    assertThat(told.getFirst().reported().whom()).isEqualTo(2);
    assertThat(told.getFirst().who().get(2).participant()).isEqualTo(pair.second().participant());
  }

  @Test
  void afterTheEndAReportIsTakenUntilTheTextIsGone() {
    SessionNode node = sessions.node("session-1", Map.of("log.text-after-close", "1s"));
    Pair pair = sessions.pair();
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), node, Face.NATIVE).entered();
    bob.text(1, "nasty words");
    Eventually.holds("ann has heard", () -> ann.heard().size() == 1);
    bob.leave();
    ann.awaitEnd(EndReason.END_REASON_LEFT);

    ReportMemberResponse soon = report(ann, pair, 2, "request-1");
    assertThat(soon.hasReported() || soon.hasTextGone()).as("%s", soon).isTrue();
    Eventually.holds("the text is gone", () -> isTextGone(ann, pair));
    assertThat(report(ann, pair, 2, "request-2").hasTextGone()).isTrue();
    assertThat(report(ann, pair, 2, "request-1"))
        .as("a repetition is answered as before")
        .isEqualTo(soon);
  }

  @Test
  void leavingAgainAfterTheEndIsNoFault() {
    SessionNode node = sessions.node("session-1");
    Pair pair = sessions.pair();
    Member ann = sessions.member(pair, pair.first(), node, Face.WEB).entered();
    LeaveSessionRequest leave =
        LeaveSessionRequest.newBuilder()
            .setSessionId(pair.session().text())
            .setPass(ann.entry().getPass())
            .build();

    for (int i = 0; i < 3; i++) {
      assertThat(ann.blocking().leaveSession(leave).hasLeft()).isTrue();
    }

    assertThat(sessions.counted(node, "parley.session.members.left")).isEqualTo(1);
  }

  private List<OutboxEntry> reports(Pair pair) {
    NodeContext context = NodeContext.of(new NodeId("reader-1"));
    try (RedisOutbox outbox = RedisOutbox.open(sessions.redis(), context)) {
      OutboxReader reader =
          new OutboxReader("test", Set.of(OutboxEntry.Kind.REPORTED), Duration.ofSeconds(1));
      return outbox
          .read(Bucket.of(pair.session()), reader, null, List.of())
          .orElseThrow()
          .entries();
    }
  }

  private static boolean isTextGone(Member member, Pair pair) {
    return member
        .blocking()
        .listMessages(
            ListMessagesRequest.newBuilder()
                .setSessionId(pair.session().text())
                .setPass(member.entry().getPass())
                .build())
        .hasTextGone();
  }

  private static ServerFrame last(Member member) {
    return member.frames.getLast();
  }

  private static BlockMemberResponse block(Member member, Pair pair, int whom) {
    return member
        .blocking()
        .blockMember(
            BlockMemberRequest.newBuilder()
                .setSessionId(pair.session().text())
                .setPass(member.entry().getPass())
                .setMemberId(whom)
                .build());
  }

  private static ReportMemberResponse report(Member member, Pair pair, int whom, String request) {
    return member
        .blocking()
        .reportMember(
            ReportMemberRequest.newBuilder()
                .setSessionId(pair.session().text())
                .setPass(member.entry().getPass())
                .setMemberId(whom)
                .setRequestId(request)
                .setReason(ReportReason.REPORT_REASON_HARASSMENT)
                .setComment("they were nasty")
                .build());
  }
}
