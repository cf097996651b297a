package parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.SendRequest;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.Typing;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;
import redis.clients.jedis.Jedis;

/// "Is writing": one pace for both faces, from the newest stream of an open session alone.
class TypingIT {
  private static final ClientFrame TYPING =
      ClientFrame.newBuilder().setTyping(Typing.getDefaultInstance()).build();

  private final Sessions sessions = new Sessions();

  @AfterEach
  void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void thePeerHearsOneOfManyAndHowLongItLives(Face face) {
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1");
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), node, face).entered();

    for (int i = 0; i < 5; i++) {
      bob.typing();
      assertThat(bob.blocking().send(flood(bob)).getOutcomesList()).isEmpty();
    }
    bob.text(1, "marker");
    Eventually.holds("the marker came", () -> ann.heard().contains("marker"));

    assertThat(typings(ann)).as("85 signs in less than two paces").isBetween(1L, 2L);
    var told = ann.frames.stream().filter(ServerFrame::hasTyping).findFirst().orElseThrow();
    assertThat(told.getTyping().getMemberId()).isEqualTo(2);
    assertThat(told.getTyping().getLives().getSeconds()).isEqualTo(5);
  }

  @Test
  void anOlderStreamIsNotHeardAndACallAtAnotherNodeIs() {
    Pair pair = sessions.pair();
    SessionNode one = sessions.node("session-1");
    SessionNode two = sessions.node("session-2");
    Member ann = sessions.member(pair, pair.first(), one, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), one, Face.WEB).entered();
    Member elsewhere = sessions.member(pair, pair.second(), two, Face.WEB);
    SendRequest current = bob.sendRequest(bob.entry().getAttachment(), TYPING);
    SendRequest older = bob.sendRequest(bob.entry().getAttachment() - 1, TYPING);

    assertThat(elsewhere.blocking().send(older).getOutcomesList()).isEmpty();
    bob.text(1, "marker");
    Eventually.holds("the marker came", () -> ann.heard().contains("marker"));
    assertThat(typings(ann)).isZero();
    Eventually.holds(
        "the current one is heard",
        () -> {
          assertThat(elsewhere.blocking().send(current).getOutcomesList()).isEmpty();
          return typings(ann) > 0;
        });
  }

  @Test
  void redisHearsNothingOfItWhenBothAreAtOneNode() {
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1");
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), node, Face.WEB).entered();
    try (Jedis redis = sessions.jedis();
        Jedis monitored = sessions.jedis()) {
      CommandsOf seen = CommandsOf.watching(monitored, redis, pair.session().text());
      bob.typing();
      Eventually.holds("it was heard", () -> typings(ann) == 1);
      redis.get("the-marker");

      assertThat(seen.until("the-marker")).as("commands about this session").isEmpty();
    }
  }

  @Test
  void aFloodOfFramesIsTakenAtAPaceAndHurtsNobody() {
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1");
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), node, Face.NATIVE).entered();

    long began = System.nanoTime();
    IntStream.range(0, 120).forEach(_ -> bob.typing());
    bob.text(1, "after the flood");

    Eventually.holds(
        "the text comes when the flood was heard",
        Duration.ofSeconds(40),
        () -> ann.heard().contains("after the flood"));
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .as("80 frames beyond the burst, ten a second")
        .isGreaterThan(Duration.ofSeconds(4));
    assertThat(ann.isOpen()).isTrue();
  }

  @Test
  void nobodyIsHeardWhereNobodyTalksAnyMore() {
    Pair pair = sessions.pair();
    SessionNode node = sessions.node("session-1");
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), node, Face.WEB).entered();
    ann.leave();
    ann.awaitEnd(parley.proto.session.v1.EndReason.END_REASON_YOU_LEFT);

    try {
      assertThat(bob.blocking().send(flood(bob)).getOutcomesList()).isEmpty();
    } catch (StatusRuntimeException refused) {
      throw new AssertionError("typing after the end is no fault", refused);
    }
    assertThat(typings(ann)).isZero();
  }

  private static SendRequest flood(Member member) {
    ClientFrame[] frames = IntStream.range(0, 16).mapToObj(_ -> TYPING).toArray(ClientFrame[]::new);
    return member.sendRequest(member.entry().getAttachment(), frames);
  }

  private static long typings(Member member) {
    return member.frames.stream().filter(ServerFrame::hasTyping).count();
  }
}
