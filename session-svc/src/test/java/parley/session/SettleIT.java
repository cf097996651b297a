package parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.SessionId;
import parley.proto.match.v1.SettleRequest;
import parley.relay.Bucket;
import parley.relay.redis.RelayKeys;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.XAddParams;

/// How match-svc comes to know what became of matches, whatever becomes of match-svc and of nodes.
class SettleIT {
  private static final Map<String, String> SHORT =
      Map.of(
          "discovery.lease", "1s",
          "discovery.beat", "200ms",
          "presence.look-every", "100ms",
          "presence.round-every", "100ms",
          "presence.calm", "1ms",
          "presence.word-from-line", "100ms");

  private final Sessions sessions = new Sessions();

  @AfterEach
  void close() {
    sessions.close();
  }

  @Test
  void whatBecameOfMatchesWhileMatchWasAwayIsToldWhenItIsBack() {
    SessionNode one = sessions.node("session-1", SHORT);
    Pair met = sessions.pair();
    Pair alone = sessions.pair(Instant.now().plusMillis(1_500));
    enterBoth(met, one);
    sessions.member(alone, alone.first(), one, Face.NATIVE).entered();
    Eventually.holds("both wait to be told", () -> waiting(met) == 1 && waiting(alone) == 1);

    try (FakeMatchService match = new FakeMatchService(sessions.redis())) {
      awaitTold(match, met, 1, 2);
      awaitTold(match, alone, 1);
      Eventually.holds("nothing waits any more", () -> waiting(met) == 0 && waiting(alone) == 0);
    }
  }

  @Test
  void matchIsToldAgainUntilItAnswersAndThenNoMore() {
    SessionNode one = sessions.node("session-1", SHORT);
    try (FakeMatchService match = new FakeMatchService(sessions.redis())) {
      match.refuse(Status.UNAVAILABLE);
      Pair first = sessions.pair();
      enterBoth(first, one);
      Eventually.holds("it was told several times", () -> match.asked() >= 3);
      assertThat(match.settled).isEmpty();
      assertThat(waiting(first)).isEqualTo(1);

      match.refuse(Status.OK);

      awaitTold(match, first, 1, 2);
      Eventually.holds("nothing waits any more", () -> waiting(first) == 0);
      Pair marker = sessions.pair();
      enterBoth(marker, one);
      awaitTold(match, marker, 1, 2);
      assertThat(told(match, first)).hasSize(1);
    }
  }

  @Test
  void whatMatchCannotReadDoesNotHoldUpWhatComesAfterIt() {
    SessionNode one = sessions.node("session-1", SHORT);
    try (FakeMatchService match = new FakeMatchService(sessions.redis())) {
      match.refuse(Status.INVALID_ARGUMENT);
      Pair unread = sessions.pair();
      enterBoth(unread, one);
      Eventually.holds("it was told once", () -> match.asked() >= 1);
      Eventually.holds("nothing waits any more", () -> waiting(unread) == 0);
      match.refuse(Status.OK);
      Pair next = sessions.pair();
      enterBoth(next, one);

      awaitTold(match, next, 1, 2);
      assertThat(told(match, unread)).isEmpty();
    }
  }

  @Test
  void anEntryThatNobodyCanReadDoesNotHoldUpWhatComesAfterIt() {
    SessionNode one = sessions.node("session-1", SHORT);
    Pair pair = sessions.pair();
    try (Jedis redis = sessions.jedis()) {
      redis.xadd(
          box(pair),
          XAddParams.xAddParams(),
          Map.of(
              bytes("what"), bytes("settle"),
              bytes("id"), pair.session().bytes(),
              bytes("at"), bytes("1"),
              bytes("made"), bytes("1"),
              bytes("who"), new byte[0],
              bytes("about"), bytes("nonsense")));
    }
    try (FakeMatchService match = new FakeMatchService(sessions.redis())) {
      enterBoth(pair, one);

      awaitTold(match, pair, 1, 2);
    }
  }

  private void enterBoth(Pair pair, SessionNode node) {
    sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    sessions.member(pair, pair.second(), node, Face.WEB).entered();
  }

  private static List<SettleRequest> told(FakeMatchService match, Pair pair) {
    return match.settled.stream()
        .filter(told -> told.getSessionId().equals(pair.session().text()))
        .toList();
  }

  private static void awaitTold(FakeMatchService match, Pair pair, Integer... entered) {
    Eventually.holds("match is told", () -> !told(match, pair).isEmpty());
    assertThat(told(match, pair).getFirst().getEnteredList()).isEqualTo(List.of(entered));
  }

  /// How many entries of this session wait to be told to match-svc.
  private long waiting(Pair pair) {
    try (Jedis redis = sessions.jedis()) {
      return redis.xrange(new String(box(pair), StandardCharsets.UTF_8), "-", "+").stream()
          .filter(entry -> "settle".equals(entry.getFields().get("what")))
          .count();
    }
  }

  private byte[] box(Pair pair) {
    SessionId session = pair.session();
    return new RelayKeys(sessions.prefix()).outbox(Bucket.of(session));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
