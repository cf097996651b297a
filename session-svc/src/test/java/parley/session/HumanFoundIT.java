package parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.domain.Principal;
import parley.domain.SessionId;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Next;
import parley.proto.token.v1.AiDisclosure;
import parley.relay.Bucket;
import parley.relay.redis.RelayKeys;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.XAddParams;

/// A person is found for somebody who talks with an AI: entering there closes this.
class HumanFoundIT {
  private static final Map<String, String> SHORT =
      Map.of("presence.round-every", "100ms", "presence.calm", "1ms");

  private final Sessions sessions = new Sessions();
  private final Principal person = Sessions.person();
  private SessionNode node;
  private Pair before;
  private Member ann;
  private Member ai;

  @BeforeEach
  void talkWithAnAi() {
    node = sessions.node("session-1", SHORT);
    before = sessions.withAi(person, AiDisclosure.getDefaultInstance());
    ann = sessions.member(before, person, node, Face.NATIVE).entered();
    ai = sessions.member(before, before.second(), node, Face.NATIVE).entered();
  }

  @AfterEach
  void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void enteringClosesTheSessionWithTheAi(Face face) {
    Pair found = sessions.replacing(before.session(), person, Sessions.person());
    SessionNode elsewhere = sessions.node("session-2", SHORT);

    Member here = sessions.member(found, person, elsewhere, face).entered();

    ai.awaitEnd(EndReason.END_REASON_HUMAN_FOUND);
    ann.awaitEnd(EndReason.END_REASON_HUMAN_FOUND);
    assertThat(ann.end().orElseThrow().getNext()).isEqualTo(Next.NEXT_STOP);
    assertThat(here.isOpen()).isTrue();
    Eventually.holds("it is done", () -> waiting(found.session()) == 0);
    Member again = sessions.member(before, before.second(), node, face);
    again.resumed(ai.pass(), null).awaitEnd(EndReason.END_REASON_HUMAN_FOUND);
  }

  @Test
  void itIsClosedAlsoIfTheNodeDiedRightAfterTheEntry() {
    Pair found = sessions.replacing(before.session(), person, Sessions.person());
    try (Jedis redis = sessions.jedis()) {
      redis.xadd(
          box(found.session()),
          XAddParams.xAddParams(),
          Map.of(
              bytes("what"), bytes("replaced"),
              bytes("id"), found.session().bytes(),
              bytes("at"), bytes("1"),
              bytes("made"), bytes("1"),
              bytes("other"), before.session().bytes()));
    }

    ai.awaitEnd(EndReason.END_REASON_HUMAN_FOUND);
    Eventually.holds("it is done", () -> waiting(found.session()) == 0);
  }

  @Test
  void aSessionThatEndedBeforeIsLeftAsItEnded() {
    ann.leave();
    ai.awaitEnd(EndReason.END_REASON_LEFT);
    Pair found = sessions.replacing(before.session(), person, Sessions.person());

    Member here = sessions.member(found, person, node, Face.NATIVE).entered();

    Eventually.holds("it is done", () -> waiting(found.session()) == 0);
    Member again = sessions.member(before, before.second(), node, Face.NATIVE);
    again.resumed(ai.pass(), null).awaitEnd(EndReason.END_REASON_LEFT);
    assertThat(here.isOpen()).isTrue();
  }

  @Test
  void aSessionThatIsGoneKeepsNobodyOut() {
    SessionId gone = SessionId.random(Sessions.RANDOM);
    Pair found = sessions.replacing(gone, person, Sessions.person());

    Member here = sessions.member(found, person, node, Face.NATIVE).entered();
    Member there = sessions.member(found, found.second(), node, Face.NATIVE).entered();

    here.text(1, "hello");
    Eventually.holds("it was heard", () -> there.heard().contains("hello"));
    Eventually.holds("it is done", () -> waiting(gone, found.session()) == 0);
    assertThat(ai.isOpen()).as("another session").isTrue();
  }

  private long waiting(SessionId... sessionsOfBoxes) {
    try (Jedis redis = sessions.jedis()) {
      long all = 0;
      for (SessionId session : sessionsOfBoxes) {
        String box = new String(box(session), StandardCharsets.UTF_8);
        all +=
            redis.xrange(box, "-", "+").stream()
                .filter(entry -> "replaced".equals(entry.getFields().get("what")))
                .count();
      }
      return all;
    }
  }

  private byte[] box(SessionId session) {
    return new RelayKeys(sessions.prefix()).outbox(Bucket.of(session));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
