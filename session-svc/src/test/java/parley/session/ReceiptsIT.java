package parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import parley.proto.session.v1.AcknowledgeRequest;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.ReadReceipts;
import parley.proto.session.v1.ReceiptNotice;
import parley.proto.session.v1.ReceiptUpdate;
import parley.proto.session.v1.ServerFrame;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;
import redis.clients.jedis.Jedis;

/// What was delivered and read, over real sockets: both faces, one node and two, and a reload.
class ReceiptsIT {
  private final Sessions sessions = new Sessions();

  @AfterEach
  void close() {
    sessions.close();
  }

  @ParameterizedTest
  @CsvSource({
    "NATIVE,NATIVE,session-1",
    "NATIVE,WEB,session-1",
    "WEB,NATIVE,session-2",
    "WEB,WEB,session-2"
  })
  void theSenderIsToldWhatWasDeliveredAndRead(Face one, Face other, String node) {
    Pair pair = sessions.pair();
    SessionNode first = sessions.node("session-1");
    SessionNode second = node.equals("session-1") ? first : sessions.node(node);
    Member ann = sessions.member(pair, pair.first(), first, one).entered();
    Member bob = sessions.member(pair, pair.second(), second, other).entered();
    ann.text(1, "one");
    ann.text(2, "two");
    Eventually.holds("bob has heard", () -> bob.heard().size() == 2);

    bob.up(receipt(2, 1));

    awaitReceipt(ann, 2, 2, 1);
    bob.up(receipt(2, 2));
    awaitReceipt(ann, 2, 2, 2);
  }

  @Test
  void numbersNeverGoDownAndNeverBeyondTheTip() {
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1");
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), node, Face.NATIVE).entered();
    ann.text(1, "one");
    Eventually.holds("bob has heard", () -> bob.heard().size() == 1);

    bob.up(receipt(4_000, 0));
    awaitReceipt(ann, 2, 1, 0);
    bob.up(receipt(0, 0));
    bob.up(receipt(1, 1));
    awaitReceipt(ann, 2, 1, 1);

    assertThat(ann.frames.stream().filter(ServerFrame::hasReceipt)).hasSize(2);
  }

  @Test
  void aCrowdOfReceiptsIsToldAsOne() {
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1");
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), node, Face.NATIVE).entered();
    for (int i = 1; i <= 20; i++) {
      ann.text(i, "text " + i);
    }
    Eventually.holds("bob has heard", () -> bob.heard().size() == 20);

    for (int i = 1; i <= 20; i++) {
      bob.up(receipt(i, i));
    }

    awaitReceipt(ann, 2, 20, 20);
    assertThat(ann.frames.stream().filter(ServerFrame::hasReceipt).count()).isLessThan(10);
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void receiptsAreThereAfterAReloadAtAnotherNode(Face face) {
    Pair pair = sessions.pair();
    SessionNode one = sessions.node("session-1");
    Member ann = sessions.member(pair, pair.first(), one, face).entered();
    Member bob = sessions.member(pair, pair.second(), one, face).entered();
    ann.text(1, "one");
    bob.text(1, "two");
    Eventually.holds("both have heard", () -> bob.heard().size() + ann.heard().size() == 2);
    bob.up(receipt(1, 1));
    awaitReceipt(ann, 2, 1, 1);
    ann.up(receipt(2, 0));
    awaitReceipt(bob, 1, 2, 0);
    SessionNode two = sessions.node("session-2");

    Member again =
        sessions
            .member(pair, pair.first(), two, face)
            .resumed(ann.entry().getPass(), ann.position())
            .caughtUp();

    assertThat(again.entry().getReceiptsList())
        .containsExactlyInAnyOrder(notice(1, 2, 0), notice(2, 1, 1));
  }

  @Test
  void acknowledgeCarriesReceiptsToo() {
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1");
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), node, Face.WEB).entered();
    ann.text(1, "one");
    Eventually.holds("bob has heard", () -> bob.heard().size() == 1);

    AcknowledgeRequest sign =
        AcknowledgeRequest.newBuilder()
            .setSessionId(pair.session().text())
            .setPass(bob.entry().getPass())
            .setAttachment(bob.entry().getAttachment())
            .setReceipt(ReceiptUpdate.newBuilder().setReadOffset(1))
            .build();
    assertThat(bob.blocking().acknowledge(sign).hasAcknowledged()).isTrue();

    awaitReceipt(ann, 2, 1, 1);
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void whoHidesWhatItReadsIsNotToldWhatOthersRead(Face face) {
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1");
    Member ann = sessions.member(pair, pair.first(), node, face).entered();
    Member bob = sessions.member(pair, pair.second(), node, face);
    bob.start(
        Enter.newBuilder()
            .setSessionId(pair.session().text())
            .setGrant(pair.grant())
            .setReadReceipts(ReadReceipts.READ_RECEIPTS_HIDDEN)
            .build(),
        true);
    bob.caughtUp();
    ann.text(1, "one");
    bob.text(1, "two");
    Eventually.holds("both have heard", () -> bob.heard().size() + ann.heard().size() == 2);

    bob.up(receipt(2, 2));
    awaitReceipt(ann, 2, 2, 0);
    ann.up(receipt(2, 2));
    awaitReceipt(bob, 1, 2, 0);

    Member back = sessions.member(pair, pair.second(), node, face);
    back.resumed(bob.entry().getPass(), null).caughtUp();
    assertThat(back.entry().getReceiptsList())
        .as("the wish is kept in the pass")
        .contains(notice(1, 2, 0));
    back.up(receipt(2, 2));
    Member shown = sessions.member(pair, pair.second(), node, face);
    shown.start(
        Enter.newBuilder()
            .setSessionId(pair.session().text())
            .setPass(bob.entry().getPass())
            .setReadReceipts(ReadReceipts.READ_RECEIPTS_SHOWN)
            .build(),
        true);
    shown.caughtUp();
    assertThat(shown.entry().getReceiptsList()).contains(notice(1, 2, 2), notice(2, 2, 0));
  }

  @Test
  void aLostNoticeIsHealedByComparing() {
    Pair pair = sessions.pair();
    Member ann =
        sessions.member(pair, pair.first(), sessions.node("session-1"), Face.NATIVE).entered();
    Member bob =
        sessions
            .member(
                pair,
                pair.second(),
                sessions.node("session-2", Map.of("relay.compare-every", "1m")),
                Face.NATIVE)
            .entered();
    ann.text(1, "one");
    Eventually.holds("bob has heard", () -> bob.heard().size() == 1);
    // What a node whose notice was lost has written.
    try (Jedis redis = sessions.jedis()) {
      redis.hset(sessions.factsKey(pair), Map.of("d2", "1", "r2", "1"));
    }

    awaitReceipt(ann, 2, 1, 1);
  }

  private static void awaitReceipt(Member member, int of, int delivered, int read) {
    Eventually.holds(
        "member " + of + " is told to have " + delivered + " and to have read " + read,
        () ->
            member.frames.stream()
                .filter(ServerFrame::hasReceipt)
                .reduce((_, last) -> last)
                .map(ServerFrame::getReceipt)
                .filter(notice(of, delivered, read)::equals)
                .isPresent());
  }

  private static ReceiptNotice notice(int member, int delivered, int read) {
    return ReceiptNotice.newBuilder()
        .setMemberId(member)
        .setDeliveredOffset(delivered)
        .setReadOffset(read)
        .build();
  }

  private static ClientFrame receipt(int delivered, int read) {
    return ClientFrame.newBuilder()
        .setReceipt(ReceiptUpdate.newBuilder().setDeliveredOffset(delivered).setReadOffset(read))
        .build();
  }
}
