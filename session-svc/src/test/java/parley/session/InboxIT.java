package parley.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.domain.Principal;
import parley.proto.domain.v1.MemberKind;
import parley.proto.domain.v1.Position;
import parley.proto.match.v1.Matched;
import parley.proto.match.v1.ProposalOffered;
import parley.proto.match.v1.Receipt;
import parley.proto.session.v1.DeliverRequest;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.Envelope;
import parley.proto.session.v1.InboxNotice;
import parley.proto.session.v1.InboxServiceGrpc;
import parley.proto.session.v1.Next;
import parley.proto.session.v1.PeerNeverCame;
import parley.proto.session.v1.ProposalWithdrawn;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;
import redis.clients.jedis.Jedis;

/// What participants are told besides their conversation; two nodes.
class InboxIT {
  private final Sessions sessions = new Sessions();

  @AfterEach
  void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void aNoticeComesByTheStreamThatIsOpenAtWhateverNode(Face face) {
    Pair pair = sessions.pair();
    SessionNode one = sessions.node("session-1");
    SessionNode two = sessions.node("session-2");
    Member ann = sessions.member(pair, pair.first(), one, face).entered();
    Member bob = sessions.member(pair, pair.second(), two, face).entered();

    deliver(two, pair.first(), "delivery-1", "ticket-1");
    deliver(one, pair.first(), "delivery-1", "told twice");
    deliver(one, pair.first(), "delivery-2", "ticket-2");

    ann.awaitTickets("ticket-1", "ticket-2");
    assertThat(ann.frames.getFirst().hasEntered()).isTrue();
    assertThat(bob.tickets()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void whatWasToldWhileNobodyListenedComesAtTheNextEntryAfterItsPosition(Face face) {
    Pair pair = sessions.pair();
    SessionNode one = sessions.node("session-1");
    deliver(one, pair.first(), "delivery-1", "ticket-1");
    deliver(one, pair.first(), "delivery-2", "ticket-2");

    Member ann = sessions.member(pair, pair.first(), one, face).entered();
    ann.awaitTickets("ticket-1", "ticket-2");
    deliver(one, pair.first(), "delivery-3", "ticket-3");
    ann.awaitTickets("ticket-1", "ticket-2", "ticket-3");
    Member again = sessions.member(pair, pair.first(), one, face);
    Position second = ann.notices().get(1).getPosition();
    again.start(
        Enter.newBuilder()
            .setSessionId(pair.session().text())
            .setPass(ann.pass())
            .setInboxPosition(second)
            .build(),
        true);

    again.awaitTickets("ticket-3");
  }

  @Test
  void theNewestStreamOfAParticipantHasTheInbox() {
    Pair pair = sessions.pair();
    Pair later = sessions.pairOf(pair.first(), Sessions.person());
    SessionNode one = sessions.node("session-1");
    Member before = sessions.member(pair, pair.first(), one, Face.NATIVE).entered();
    Member now = sessions.member(later, pair.first(), one, Face.WEB).entered();

    Eventually.holds(
        "the newer stream has it",
        () -> {
          deliver(one, pair.first(), "delivery-" + System.nanoTime(), "ticket");
          return !now.tickets().isEmpty();
        });
    int heard = before.tickets().size();
    deliver(one, pair.first(), "delivery-last", "last");

    Eventually.holds("the newer one hears on", () -> now.tickets().contains("last"));
    assertThat(before.tickets()).hasSize(heard);
    assertThat(before.isOpen()).isTrue();
  }

  /// As where the inbox is kept by another primary than the session, and that is away.
  @Test
  void anInboxThatCannotBeReadEndsNoConversationAndComesBack() {
    Pair pair = sessions.pair();
    SessionNode one = sessions.node("session-1");
    deliver(one, pair.first(), "delivery-1", "ticket-1");
    try (Jedis redis = sessions.jedis()) {
      String state = redis.keys(sessions.prefix() + "*h:*").iterator().next();
      String facts = state.replace("h:", "m:");
      redis.set(facts, "no hash");
      Member ann = sessions.member(pair, pair.first(), one, Face.NATIVE).entered();
      ann.text(1, "hello");
      Eventually.holds("it was stored", () -> ann.outcomes().getFirst().hasStored());
      assertThat(ann.tickets()).isEmpty();

      redis.del(facts);
      ann.awaitTickets("ticket-1");
      deliver(one, pair.first(), "delivery-2", "ticket-2");

      ann.awaitTickets("ticket-1", "ticket-2");
      assertThat(ann.isOpen()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void whoCameAloneHearsOfItsPlaceInLineBeforeTheEnd(Face face) {
    SessionNode one = node("presence.word-from-line", "8s");
    Pair pair = sessions.pair(Instant.now().plusSeconds(3));
    try (FakeMatchService match = new FakeMatchService(sessions.redis())) {
      match.onSettle(_ -> deliver(one, pair.first(), "never-came-1", "my-ticket"));
      Member ann = sessions.member(pair, pair.first(), one, face).entered();

      ann.awaitEnd(EndReason.END_REASON_NO_SHOW);

      assertThat(ann.tickets()).containsExactly("my-ticket");
      assertThat(ann.frames.getLast().hasEnd()).isTrue();
      assertThat(ann.end().orElseThrow().getNext()).isEqualTo(Next.NEXT_START_OVER);
    }
  }

  @Test
  void theEndDoesNotWaitForAWordThatDoesNotCome() {
    SessionNode one = node("presence.word-from-line", "200ms");
    Pair pair = sessions.pair(Instant.now().plusSeconds(3));
    Member ann = sessions.member(pair, pair.first(), one, Face.NATIVE).entered();

    ann.awaitEnd(EndReason.END_REASON_NO_SHOW);

    assertThat(ann.tickets()).isEmpty();
  }

  @Test
  void aNoticeThatSaysNothingIsRefused() {
    SessionNode one = sessions.node("session-1");
    Principal somebody = Sessions.person();

    assertThatThrownBy(() -> deliver(one, somebody, "delivery-1", InboxNotice.newBuilder()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("INVALID_ARGUMENT");
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void whatMatchTellsOfAProposalIsPassedOnWholeNowAndLater(Face face) {
    Pair pair = sessions.pair();
    SessionNode one = sessions.node("session-1");
    Member ann = sessions.member(pair, pair.first(), one, face).entered();
    var offer =
        ProposalOffered.newBuilder()
            .setProposalId("proposal-1")
            .setReceipt(Receipt.newBuilder().addSharedTags("chess"))
            .setReplacesCompanion(true);
    var matched =
        Matched.newBuilder()
            .setSessionId("session-2")
            .setGrant(ByteString.copyFromUtf8("sealed"))
            .setPeerKind(MemberKind.MEMBER_KIND_PERSON);
    var withdrawn = ProposalWithdrawn.newBuilder().setProposalId("proposal-1");
    var told =
        List.of(
            InboxNotice.newBuilder().setProposal(offer).build(),
            InboxNotice.newBuilder().setMatched(matched).build(),
            InboxNotice.newBuilder().setProposalWithdrawn(withdrawn).build());
    for (InboxNotice notice : told) {
      deliver(one, pair.first(), "delivery-" + notice.getEventCase(), notice.toBuilder());
    }

    awaitNotices(ann, told);
    Member again = sessions.member(pair, pair.first(), one, face).resumed(ann.pass(), null);
    awaitNotices(again, told);
  }

  private static void awaitNotices(Member member, List<InboxNotice> told) {
    Eventually.holds(
        "the inbox tells all of it in order",
        () -> member.notices().stream().map(Envelope::getNotice).toList().equals(told));
    assertThat(member.notices()).allMatch(one -> one.getMemberId() == 0 && one.getKindValue() == 0);
  }

  private SessionNode node(String setting, String value) {
    return sessions.node(
        "session-1",
        Map.of(
            "presence.look-every",
            "100ms",
            "presence.round-every",
            "100ms",
            "presence.calm",
            "1ms",
            setting,
            value));
  }

  private static void deliver(SessionNode node, Principal to, String delivery, String ticket) {
    PeerNeverCame news = PeerNeverCame.newBuilder().setTicketId(ticket).build();
    deliver(node, to, delivery, InboxNotice.newBuilder().setPeerNeverCame(news));
  }

  private static void deliver(
      SessionNode node, Principal to, String delivery, InboxNotice.Builder notice) {
    ManagedChannel mesh =
        NettyChannelBuilder.forAddress(node.mesh().host(), node.mesh().port())
            .usePlaintext()
            .build();
    try {
      var answer =
          InboxServiceGrpc.newBlockingStub(mesh)
              .withDeadlineAfter(10, TimeUnit.SECONDS)
              .deliver(
                  DeliverRequest.newBuilder()
                      .setParticipantId(ByteString.copyFrom(to.participant().bytes()))
                      .setDeliveryId(delivery)
                      .setNotice(notice)
                      .build());
      assertThat(answer.hasDelivered()).isTrue();
    } finally {
      mesh.shutdownNow();
    }
  }
}
