package parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.backing.FreePort;
import parley.backing.PostgresOptions;
import parley.backing.PostgresServer;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.ReportMemberRequest;
import parley.proto.session.v1.ReportReason;
import parley.proto.token.v1.AiDisclosure;
import parley.relay.Bucket;
import parley.relay.redis.RelayKeys;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/// What was reported is in PostgreSQL with its evidence, whatever PostgreSQL goes through, and then
/// nowhere else.
class ReportsLastIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String REPORT =
      "SELECT concat_ws(' ', reason, comment, encode(by_participant, 'hex'),"
          + " encode(whom_participant, 'hex'), encode(by_device, 'hex'), encode(whom_device,"
          + " 'hex')) FROM session.reports";
  private static final String EVIDENCE =
      "SELECT concat_ws(' ', number, member, words, said IS NOT NULL, octet_length(entry) > 0) FROM"
          + " session.evidence ORDER BY number";

  @TempDir Path folder;
  private final Sessions sessions = new Sessions();
  private final int port = FreePort.any();
  private PostgresServer postgres;
  private Lasting lasting;

  @BeforeEach
  void startPostgres() {
    postgres = PostgresServer.start(PostgresOptions.kept(folder, port));
    lasting = Lasting.on(postgres);
  }

  @AfterEach
  void close() {
    sessions.close();
    postgres.close();
  }

  @Test
  void aReportIsThereWithTheLastWordsAndThenNowhereElse() {
    Pair pair = report(node(Map.of()));
    awaitKept(pair);
    Eventually.holds("its evidence left Redis", () -> keys(pair, "evidence:").isEmpty());
    try (Jedis redis = sessions.jedis()) {
      Eventually.holds(
          "the clock of the text goes on",
          () -> !redis.hexists(sessions.factsKey(pair), "reported"));
    }
  }

  @Test
  void withPostgresAwayItIsTakenAndKeptAndItsTextDoesNotGo() {
    SessionNode node =
        node(Map.of("log.text-after-close", "500ms", "presence.look-every", "100ms"));
    postgres.kill();
    Pair pair = report(node);
    Eventually.holds(
        "it was tried in vain",
        PATIENCE,
        () -> sessions.counted(node, "parley.session.archive.failures") > 1);
    assertThat(keys(pair, "evidence:")).hasSize(1);
    assertThat(keys(pair, "log:")).hasSize(1);
    postgres = PostgresServer.start(PostgresOptions.kept(folder, port));
    awaitKept(pair);
    Eventually.holds(
        "then all its words leave Redis",
        PATIENCE,
        () -> Stream.of("evidence:", "log:").allMatch(name -> keys(pair, name).isEmpty()));
  }

  @Test
  void aReportThatCannotBeKeptStaysForAWhileAndHoldsUpNothing() {
    Pair pair = sessions.pair();
    RelayKeys keys = new RelayKeys(sessions.prefix());
    String outbox = new String(keys.outbox(Bucket.of(pair.session())), StandardCharsets.US_ASCII);
    Map<String, String> nobody = reportOfNobody(Instant.now());
    Map<String, String> old = reportOfNobody(Instant.now().minus(Duration.ofDays(31)));
    try (Jedis redis = sessions.jedis()) {
      var _ = redis.xadd(outbox, StreamEntryID.NEW_ENTRY, old);
      var _ = redis.xadd(outbox, StreamEntryID.NEW_ENTRY, nobody);
      SessionNode node = node(Map.of());
      report(pair, node);
      awaitKept(pair);
      assertThat(sessions.counted(node, "parley.session.archive.refused", "what", "reported"))
          .as("seen again whenever the box is read from its beginning")
          .isPositive();
      assertThat(redis.xrange(outbox, "-", "+"))
          .anyMatch(entry -> nobody.equals(entry.getFields()));
      Eventually.holds(
          "the old one is gone",
          () ->
              redis.xrange(outbox, "-", "+").stream()
                  .noneMatch(entry -> old.equals(entry.getFields())));
      assertThat(sessions.counted(node, "parley.session.archive.given_up")).isPositive();
    }
  }

  private static Map<String, String> reportOfNobody(Instant at) {
    String id = "0123456789abcdef";
    String millis = "" + at.toEpochMilli();
    return Map.of("what", "reported", "id", id, "report", id, "by", "1", "whom", "2", "at", millis);
  }

  @Test
  void aReportAboutAnAiIsKeptAndSaysThatItWasOne() {
    Pair pair = sessions.withAi(Sessions.person(), AiDisclosure.getDefaultInstance());
    SessionNode node = node(Map.of());
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    Member ai = sessions.member(pair, pair.second(), node, Face.NATIVE).entered();
    ai.text(1, "I am a person");
    Eventually.holds("it was heard", () -> ann.heard().contains("I am a person"));

    assertThat(ann.blocking().reportMember(report(pair, ann)).hasReported()).isTrue();

    ai.awaitEnd(EndReason.END_REASON_LEFT);
    Eventually.holds(
        "the report is there", PATIENCE, () -> !lasting.database().ask(REPORT).isEmpty());
    assertThat(lasting.database().ask(EVIDENCE))
        .hasSize(2)
        .anyMatch(piece -> piece.startsWith("1 0 You are talking with an AI"))
        .anyMatch(piece -> piece.startsWith("2 2 I am a person"));
    Eventually.holds(
        "so are its members", PATIENCE, () -> lasting.rows(pair).equals(List.of("left 1 2")));
    assertThat(lasting.database().ask("SELECT kind FROM session.members ORDER BY number"))
        .containsExactly("person", "ai");
  }

  private void awaitKept(Pair pair) {
    Eventually.holds(
        "the report is there", PATIENCE, () -> !lasting.database().ask(REPORT).isEmpty());
    assertThat(lasting.database().ask(REPORT))
        .containsExactly(
            Stream.of(
                    pair.first().participant().bytes(),
                    pair.second().participant().bytes(),
                    pair.first().device().bytes(),
                    pair.second().device().bytes())
                .map(Lasting::hex)
                .reduce("spam they sell things", (one, two) -> one + " " + two));
    assertThat(lasting.database().ask(EVIDENCE))
        .containsExactly("1 1 hello t t", "2 2 buy this t t", "3 2 buy that t t");
    Eventually.holds(
        "the session is there too", PATIENCE, () -> lasting.rows(pair).equals(List.of("left 1 2")));
  }

  private Pair report(SessionNode node) {
    Pair pair = sessions.pair();
    report(pair, node);
    return pair;
  }

  /// Two talk, and the first reports the second, twice, because the answer was lost.
  private void report(Pair pair, SessionNode node) {
    Member ann = sessions.member(pair, pair.first(), node, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), node, Face.NATIVE).entered();
    ann.text(1, "hello");
    Eventually.holds("hello was heard", () -> bob.heard().contains("hello"));
    bob.text(1, "buy this");
    bob.text(2, "buy that");
    Eventually.holds("it was heard", () -> ann.heard().contains("buy that"));
    ReportMemberRequest report = report(pair, ann);
    assertThat(ann.blocking().reportMember(report).hasReported()).isTrue();
    assertThat(ann.blocking().reportMember(report).hasReported()).isTrue();
  }

  private static ReportMemberRequest report(Pair pair, Member by) {
    return ReportMemberRequest.newBuilder()
        .setSessionId(pair.session().text())
        .setPass(by.pass())
        .setMemberId(2)
        .setRequestId("request-1")
        .setReason(ReportReason.REPORT_REASON_SPAM)
        .setComment("they sell things")
        .build();
  }

  private List<String> keys(Pair pair, String noun) {
    try (Jedis redis = sessions.jedis()) {
      return List.copyOf(redis.keys(sessions.prefix() + "*" + noun + pair.session().text() + "*"));
    }
  }

  private SessionNode node(Map<String, String> more) {
    Map<String, String> settings = lasting.settings();
    settings.putAll(more);
    return sessions.node("session-1", settings);
  }
}
