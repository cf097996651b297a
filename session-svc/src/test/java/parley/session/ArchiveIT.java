package parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.platform.redis.RedisStore;
import parley.relay.Bucket;
import parley.relay.redis.RelayKeys;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;
import parley.testing.TestDatabase;
import parley.testing.TestPostgres;
import redis.clients.jedis.StreamEntryID;

/// Who talked with whom, when, how long and why it ended, is in PostgreSQL soon; no word of it is.
class ArchiveIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Sessions sessions = new Sessions();
  private final Lasting lasting =
      new Lasting(TestPostgres.from("migrated", template -> new Lasting(template).migrate()));

  @AfterEach
  void close() {
    sessions.close();
  }

  @Test
  void whoTalkedWithWhomHowLongAndWhyItEnded() {
    TestDatabase database = lasting.database();
    SessionNode one = node("session-1");
    SessionNode two = node("session-2");
    Pair pair = sessions.pair();
    Member ann = sessions.member(pair, pair.first(), one, Face.NATIVE).entered();
    sessions.member(pair, pair.second(), two, Face.WEB).entered();
    Eventually.holds(
        "it is open there", PATIENCE, () -> lasting.rows(pair).equals(List.of("null null 2")));

    ann.leave();

    Eventually.holds(
        "it is closed there", PATIENCE, () -> lasting.rows(pair).equals(List.of("left 1 2")));
    assertThat(database.ask("SELECT concat_ws(' ', mode, cohort) FROM session.sessions"))
        .containsExactly("text 18");
    assertThat(
            database.ask(
                "SELECT concat_ws(' ', number, kind, encode(participant, 'hex'), encode(device,"
                    + " 'hex')) FROM session.members ORDER BY number"))
        .containsExactly(Lasting.member(1, pair.first()), Lasting.member(2, pair.second()));
    assertThat(
            database.ask(
                "SELECT lasted = closed - opened AND lasted > '0' AND closed <= now() + interval '2"
                    + " s' FROM session.sessions"))
        .containsExactly("t");
    Eventually.holds("the outbox is empty", () -> Lasting.waiting(sessions) == 0);
  }

  @Test
  void noWordOfItIsThere() {
    SessionNode one = node("session-1");
    Pair pair = sessions.pair();
    Member ann = sessions.member(pair, pair.first(), one, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), one, Face.NATIVE).entered();
    ann.text(1, "canary");
    Eventually.holds("it was heard", () -> bob.heard().contains("canary"));
    ann.leave();
    Eventually.holds("it is closed there", PATIENCE, () -> isClosed(pair));
    String canary = Lasting.hex("canary".getBytes(StandardCharsets.UTF_8));
    for (String table : lasting.database().tables()) {
      assertThat(lasting.database().dump(table)).doesNotContain("canary").doesNotContain(canary);
    }
  }

  @Test
  void whoWaitedForSomebodyThatNeverCameIsThereAlone() {
    SessionNode one = node("session-1");
    Pair pair = sessions.pair(Instant.now().plusMillis(1_500));
    sessions.member(pair, pair.first(), one, Face.NATIVE).entered();
    Eventually.holds(
        "it is closed there", PATIENCE, () -> lasting.rows(pair).equals(List.of("no_show 0 1")));
  }

  @Test
  void severalNodesBringEachSessionOnce() {
    List<SessionNode> nodes = IntStream.range(1, 4).mapToObj(n -> node("session-" + n)).toList();
    List<Pair> pairs = IntStream.range(0, 24).mapToObj(_ -> sessions.pair()).toList();
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      SessionNode node = nodes.get(i % nodes.size());
      Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
      sessions.member(pair, pair.second(), node, Face.NATIVE).entered();
      ann.leave();
    }
    Eventually.holds(
        "all are closed there", PATIENCE, () -> pairs.stream().allMatch(this::isClosed));
    Eventually.holds("the outboxes are empty", () -> Lasting.waiting(sessions) == 0);
    assertThat(lasting.database().ask("SELECT count(*) FROM session.sessions"))
        .containsExactly("24");
  }

  @Test
  void aWeekWithoutRoomGetsIt() {
    TestDatabase database = lasting.database();
    database
        .ask(
            "SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent IN"
                + " ('session.sessions'::regclass, 'session.members'::regclass)")
        .forEach(part -> database.execute("DROP TABLE " + part));
    SessionNode one = node("session-1");
    Pair pair = talked(one);
    Eventually.holds("it is closed there", PATIENCE, () -> isClosed(pair));
  }

  @Test
  void whatCanNeverBeKeptIsGivenUpAndKeepsNothingElseFromIt() {
    Pair pair = sessions.pair();
    RelayKeys keys = new RelayKeys(sessions.prefix());
    String outbox = new String(keys.outbox(Bucket.of(pair.session())), StandardCharsets.US_ASCII);
    try (RedisStore redis = RedisStore.open(sessions.redis())) {
      var _ =
          redis
              .commands()
              .xadd(
                  outbox,
                  StreamEntryID.NEW_ENTRY,
                  Map.of("what", "opened", "id", "0123456789abcdef", "about", "nonsense"));
    }
    SessionNode one = node("session-1");
    talk(pair, one);
    Eventually.holds("it is closed there", PATIENCE, () -> isClosed(pair));
    assertThat(sessions.counted(one, "parley.session.archive.refused", "what", "opened")).isOne();
    Eventually.holds(
        "what follows is counted as kept",
        () -> sessions.counted(one, "parley.session.archive.kept", "what", "closed") == 1);
  }

  private boolean isClosed(Pair pair) {
    return lasting.rows(pair).equals(List.of("left 1 2"));
  }

  private Pair talked(SessionNode node) {
    Pair pair = sessions.pair();
    talk(pair, node);
    return pair;
  }

  private void talk(Pair pair, SessionNode node) {
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    sessions.member(pair, pair.second(), node, Face.NATIVE).entered();
    ann.leave();
  }

  private SessionNode node(String id) {
    return sessions.node(id, lasting.settings());
  }
}
