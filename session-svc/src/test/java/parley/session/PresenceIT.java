package parley.session;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.proto.session.v1.Presence.PRESENCE_AWAY;
import static parley.proto.session.v1.Presence.PRESENCE_EXPECTED;
import static parley.proto.session.v1.Presence.PRESENCE_HERE;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.proto.match.v1.SettleRequest;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Next;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;

/// Who is there, who was, and what becomes of a session by that; two nodes, short durations.
class PresenceIT {
  private static final Map<String, String> SHORT =
      Map.of(
          "discovery.lease", "1s",
          "discovery.beat", "200ms",
          "presence.gone-after", "50ms",
          "presence.look-every", "100ms",
          "presence.round-every", "100ms",
          "presence.calm", "1ms",
          "presence.word-from-line", "100ms");

  private final Sessions sessions = new Sessions();

  @AfterEach
  void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void aPeerWhoseStreamIsGoneIsAwayAndThenBack(Face face) {
    Pair pair = sessions.pair();
    SessionNode one = node("session-1");
    SessionNode two = node("session-2");
    Member ann = sessions.member(pair, pair.first(), one, face).entered();
    Member bob = sessions.member(pair, pair.second(), two, face).entered();
    ann.awaitPresences(2, PRESENCE_HERE);

    bob.cancel();
    ann.awaitPresences(2, PRESENCE_HERE, PRESENCE_AWAY);
    Member again = sessions.member(pair, pair.first(), two, face).resumed(ann.pass(), null);
    assertThat(again.presencesAtEntry()).containsExactly(PRESENCE_HERE, PRESENCE_AWAY);
    sessions.member(pair, pair.second(), one, face).resumed(bob.pass(), null);

    again.awaitPresences(2, PRESENCE_HERE);
  }

  @Test
  void whoComesBackSoonWasNeverAway() {
    Pair pair = sessions.pair();
    SessionNode one = node("session-1", "presence.gone-after", "700ms");
    Member ann = sessions.member(pair, pair.first(), one, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), one, Face.NATIVE).entered();
    bob.cancel();
    Member again =
        sessions.member(pair, pair.second(), one, Face.NATIVE).resumed(bob.pass(), null).caughtUp();

    Duration since = awaitLater(Duration.ofMillis(900));

    assertThat(since).isGreaterThan(Duration.ofMillis(700));
    again.text(1, "marker");
    Eventually.holds("the marker came", () -> ann.heard().contains("marker"));
    assertThat(ann.presences(2)).containsExactly(PRESENCE_HERE);
  }

  @Test
  void whoDoesNotComeBackIsLostAlsoForThemselves() {
    Pair pair = sessions.pair();
    SessionNode one = node("session-1", "presence.lost-after", "300ms");
    Member ann = sessions.member(pair, pair.first(), one, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), one, Face.WEB).entered();

    bob.cancel();

    ann.awaitEnd(EndReason.END_REASON_LOST);
    assertThat(ann.end().orElseThrow().getNext()).isEqualTo(Next.NEXT_STOP);
    Member late = sessions.member(pair, pair.second(), one, Face.WEB).resumed(bob.pass(), null);
    late.awaitEnd(EndReason.END_REASON_LOST);
  }

  @Test
  void whoCameHearsThatThePeerDidNotAndMatchIsTold() {
    try (FakeMatchService match = new FakeMatchService(sessions.redis())) {
      Pair pair = sessions.pair(Instant.now().plusMillis(1_500));
      SessionNode one = node("session-1");
      Member ann = sessions.member(pair, pair.first(), one, Face.NATIVE).entered();

      ann.awaitEnd(EndReason.END_REASON_NO_SHOW);

      assertThat(ann.end().orElseThrow().getNext()).isEqualTo(Next.NEXT_START_OVER);
      awaitSettled(match, pair, 1);
      Member bob = sessions.member(pair, pair.second(), one, Face.NATIVE).enter();
      bob.awaitEnd(EndReason.END_REASON_NO_SHOW);
      Member again = sessions.member(pair, pair.first(), one, Face.WEB).resumed(ann.pass(), null);
      again.awaitEnd(EndReason.END_REASON_NO_SHOW);
    }
  }

  @Test
  void matchIsToldOfAMeetingAlsoIfItWasAwayAndTheNodeDied() {
    Pair pair = sessions.pair();
    SessionNode one = node("session-1");
    sessions.member(pair, pair.first(), one, Face.NATIVE).entered();
    sessions.member(pair, pair.second(), one, Face.NATIVE).entered();
    one.close();
    try (FakeMatchService match = new FakeMatchService(sessions.redis())) {
      node("session-2");

      awaitSettled(match, pair, 1, 2);
    }
  }

  @Test
  void aSessionEndsWhenItsTimeIsUp() {
    Pair pair = sessions.pair();
    SessionNode one = node("session-1", "session.max-life", "500ms");
    Member ann = sessions.member(pair, pair.first(), one, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), one, Face.WEB).entered();

    ann.awaitEnd(EndReason.END_REASON_TIME_UP);
    bob.awaitEnd(EndReason.END_REASON_TIME_UP);
    assertThat(bob.end().orElseThrow().getNext()).isEqualTo(Next.NEXT_STOP);
  }

  @Test
  void aMemberWhoFallsSilentIsAwayUntilItSaysSomething() {
    Pair pair = sessions.pair();
    SessionNode one = node("session-1", "presence.silent-after", "400ms");
    SessionNode two = node("session-2");
    Member ann = sessions.member(pair, pair.first(), two, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), one, Face.NATIVE).entered();

    ann.awaitPresences(2, PRESENCE_HERE, PRESENCE_AWAY);
    assertThat(bob.isOpen()).isTrue();
    bob.typing();

    Eventually.holds(
        "bob is back",
        () ->
            ann.presences(2).indexOf(PRESENCE_HERE) == 0
                && ann.presences(2).lastIndexOf(PRESENCE_HERE) > 1);
  }

  @Test
  void acknowledgingAtAnotherNodeIsASignOfLife() {
    Pair pair = sessions.pair();
    SessionNode one = node("session-1", "presence.silent-after", "1s");
    SessionNode two = node("session-2");
    Member ann = sessions.member(pair, pair.first(), two, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), one, Face.WEB).entered();
    Member elsewhere = sessions.member(pair, pair.second(), two, Face.WEB);
    Instant end = Instant.now().plusSeconds(2);

    Eventually.holds(
        "two seconds of signs are over",
        () -> {
          assertThat(elsewhere.blocking().acknowledge(bob.sign()).hasAcknowledged()).isTrue();
          return Instant.now().isAfter(end);
        });

    assertThat(ann.presences(2)).containsExactly(PRESENCE_HERE);
    ann.awaitPresences(2, PRESENCE_HERE, PRESENCE_AWAY);
    assertThat(elsewhere.blocking().acknowledge(bob.sign()).hasAcknowledged()).isTrue();
    Eventually.holds("bob is back", () -> ann.presences(2).size() > 2);
  }

  @Test
  void theMembersOfANodeThatIsGoneAreAwayAndBackElsewhere() {
    Pair pair = sessions.pair();
    SessionNode one = node("session-1");
    SessionNode two = node("session-2");
    Member ann = sessions.member(pair, pair.first(), two, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), one, Face.NATIVE).entered();

    one.close();

    ann.awaitPresences(2, PRESENCE_HERE, PRESENCE_AWAY);
    sessions.member(pair, pair.second(), two, Face.NATIVE).resumed(bob.pass(), null).caughtUp();
    ann.awaitPresences(2, PRESENCE_HERE, PRESENCE_AWAY, PRESENCE_HERE);
  }

  @Test
  void aMemberIsExpectedUntilItEnters() {
    Pair pair = sessions.pair();
    SessionNode one = node("session-1");
    Member ann = sessions.member(pair, pair.first(), one, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), one, Face.NATIVE).entered();

    assertThat(ann.presencesAtEntry()).containsExactly(PRESENCE_HERE, PRESENCE_EXPECTED);
    assertThat(bob.presencesAtEntry()).containsExactly(PRESENCE_HERE, PRESENCE_HERE);
  }

  private SessionNode node(String id, String... more) {
    Map<String, String> settings = new HashMap<>(SHORT);
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return sessions.node(id, settings);
  }

  private static void awaitSettled(FakeMatchService match, Pair pair, Integer... entered) {
    Eventually.holds("match is told", () -> !match.settled.isEmpty());
    SettleRequest told = match.settled.getFirst();
    assertThat(told.getSessionId()).isEqualTo(pair.session().text());
    assertThat(told.getEnteredList()).isEqualTo(List.of(entered));
    assertThat(told.getCohort()).isEqualTo(parley.proto.domain.v1.Cohort.COHORT_ADULT);
  }

  private static Duration awaitLater(Duration wait) {
    Instant start = Instant.now();
    Eventually.holds("time goes on", () -> Instant.now().isAfter(start.plus(wait)));
    return Duration.between(start, Instant.now());
  }
}
