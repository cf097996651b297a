package parley.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.relay.redis.ScriptStage.ONE;
import static parley.relay.redis.ScriptStage.TWO;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.domain.NodeId;
import parley.relay.Body;
import parley.relay.BucketReport;
import parley.relay.Closing;
import parley.relay.Draft;
import parley.relay.Finding;
import parley.relay.LogAnswer;
import parley.relay.LogRequest;
import parley.relay.Lost;
import parley.relay.NodeLife;
import parley.relay.Sign;
import parley.relay.WatchRule;
import parley.relay.redis.ScriptStage.Server;
import parley.testing.Eventually;
import redis.clients.jedis.params.XAddParams;

/// The scripts that watch who is there, against a real Redis: alone, after it forgot the scripts,
/// and as one of three masters.
class WatchScriptsIT {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final WatchRule PATIENT =
      new WatchRule(NEVER, NEVER, NEVER, NEVER, AT_ONCE, AT_ONCE, 10);
  private static final Closing LOST = new Closing(2, 2);

  private ScriptStage stage;

  @AfterEach
  void close() {
    stage.close();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void whoEnteredIsKeptAndTheLastToEnterIsToldOnce(Server server) {
    stage(server);
    stage.open(null);
    stage.attach(1, ONE);
    assertThat(outbox()).isEmpty();

    stage.attach(2, TWO);
    stage.attach(2, ONE);

    assertThat(stage.look().who()).isEqualTo(Map.of(1, stage.who.get(0), 2, stage.who.get(1)));
    assertThat(outbox()).extracting(e -> text(e, "what")).containsOnlyOnce("opened", "settle");
    assertThat(outbox()).hasSize(2);
    for (Map<String, byte[]> entry : outbox()) {
      assertThat(entry.get("id")).isEqualTo(stage.session.bytes());
      assertThat(entry.get("about")).containsExactly(1, 2, 3);
      assertThat(entry.get("who")).hasSize(2 * 17);
      assertThat(Arrays.copyOfRange(entry.get("who"), 0, 17)).startsWith(1).endsWith(device(0));
      assertThat(Long.parseLong(text(entry, "made"))).isLessThanOrEqualTo(at(entry));
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aSignOfAnOldAttachmentMovesNobody(Server server) {
    stage(server);
    stage.open(null);
    stage.attach(1, ONE);
    stage.attach(1, ONE);

    assertThat(stage.note(1, 1, Sign.AWAY)).as("a late cancel").isFalse();
    assertThat(stage.look().away()).isEmpty();
    assertThat(stage.note(1, 2, Sign.AWAY)).isTrue();
    assertThat(stage.note(1, 2, Sign.AWAY)).as("twice").isFalse();
    assertThat(stage.note(1, 1, Sign.HERE)).as("an old stream lives").isFalse();
    assertThat(stage.look().away()).containsExactly(1);
    assertThat(stage.note(1, 2, Sign.HERE)).isTrue();
    assertThat(stage.look().away()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void whoAttachesAnewIsNotAway(Server server) {
    stage(server);
    stage.open(null);
    stage.attach(1, ONE);
    stage.note(1, 1, Sign.AWAY);

    stage.attach(1, TWO);

    assertThat(stage.look().away()).isEmpty();
    assertThat(stage.look().nodes()).containsEntry(1, TWO.node());
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void whoDoesNotEnterInTimeIsFoundAndTheClosingTellsWhoCame(Server server) {
    stage(server);
    stage.open(Instant.now().plusMillis(300));
    stage.attach(1, ONE);
    stage.report(PATIENT, ONE);

    Eventually.holds(
        "the missing one is found",
        () -> stage.found(PATIENT, ONE).equals(List.of(new Finding.NoShow(stage.session))));
    stage.close(new Closing(0, 5), null);
    stage.close(new Closing(0, 1), null);

    assertThat(outbox()).hasSize(2);
    assertThat(outbox()).extracting(e -> text(e, "what")).containsOnlyOnce("closed", "settle");
    for (Map<String, byte[]> entry : outbox()) {
      assertThat(entry.get("who")).hasSize(17).startsWith(1).endsWith(device(0));
      assertThat(text(entry, "why")).isEqualTo("5");
    }
    assertThat(stage.found(PATIENT, ONE)).as("after the end").isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void theMembersOfADeadNodeAreAwayAndOfNobodyElse(Server server) {
    stage(server);
    stage.open(null);
    stage.attach(1, ONE);
    stage.attach(2, TWO);
    stage.report(PATIENT);

    assertThat(settled(PATIENT)).as("nothing is known of nodes").isEmpty();
    assertThat(settled(PATIENT, ONE, TWO)).as("both live").isEmpty();
    NodeLife reborn = new NodeLife(TWO.node(), 99);
    assertThat(settled(PATIENT, ONE, reborn))
        .as("a new life of the second's node")
        .containsExactly(new Finding.WentAway(stage.session, 2, 1));
    assertThat(settled(PATIENT, ONE)).as("once").isEmpty();
    assertThat(stage.look().away()).containsExactly(2);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void whoIsAwayTooLongIsLostUnlessItCameBack(Server server) {
    stage(server);
    WatchRule hasty =
        new WatchRule(Duration.ofMillis(30), NEVER, NEVER, NEVER, AT_ONCE, AT_ONCE, 10);
    Lost second = new Lost(2, 1);
    stage.open(null);
    stage.attach(1, ONE);
    stage.attach(2, ONE);
    stage.report(hasty);
    stage.note(2, 1, Sign.AWAY);

    Eventually.holds(
        "the second is lost",
        () -> stage.found(hasty, ONE).equals(List.of(new Finding.NotBack(stage.session, second))));
    stage.note(2, 1, Sign.HERE);
    assertThat(stage.close(LOST, second).closing()).as("it gave a sign").isNull();
    stage.note(2, 1, Sign.AWAY);
    stage.attach(2, TWO);
    assertThat(stage.close(LOST, second).closing()).as("it came back").isNull();
    stage.note(2, 2, Sign.AWAY);
    assertThat(stage.close(LOST, new Lost(2, 2)).closing()).isEqualTo(LOST);
    assertThat(outbox()).extracting(e -> text(e, "what")).containsOnlyOnce("closed", "settle");
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void afterAPauseNobodyIsMarkedOrFoundForAWhile(Server server) {
    stage(server);
    WatchRule rule =
        new WatchRule(
            AT_ONCE, NEVER, AT_ONCE, Duration.ofSeconds(3), Duration.ofMillis(700), AT_ONCE, 10);
    stage.open(null);
    stage.attach(1, ONE);
    stage.attach(2, ONE);
    stage.note(2, 1, Sign.AWAY);
    long[] now = {stage.report(rule, TWO).at().toEpochMilli()};
    long start = now[0];

    Eventually.holds(
        "after the calm they are found",
        () -> {
          BucketReport report = stage.report(rule, TWO);
          now[0] = report.at().toEpochMilli();
          return !report.findings().isEmpty();
        });

    assertThat(now[0] - start).isGreaterThanOrEqualTo(700);
    stage.redis.hset(stage.keys.tick(stage.bucket), bytes("last"), bytes("" + (now[0] - 3_500)));
    assertThat(settled(rule, TWO)).as("after a pause of 3.5 s").isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aBucketIsLookedAfterByOneNodeUntilItStops(Server server) {
    stage(server);
    WatchRule rule = new WatchRule(NEVER, NEVER, NEVER, NEVER, AT_ONCE, Duration.ofMillis(300), 10);
    LogAnswer elsewhere = new LogAnswer.LeasedElsewhere();

    assertThat(stage.tick(ONE, rule)).isNotEqualTo(elsewhere);
    assertThat(stage.tick(TWO, rule)).isEqualTo(elsewhere);
    assertThat(stage.tick(ONE, rule)).isNotEqualTo(elsewhere);
    Eventually.holds("the second takes over", () -> !stage.tick(TWO, rule).equals(elsewhere));
    assertThat(stage.tick(ONE, rule)).isEqualTo(elsewhere);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void theTextGoesAWhileAfterTheEndUnlessItWasReported(Server server) {
    stage(server);
    stage.open(null);
    stage.attach(1, ONE);
    say("word");
    byte[] log = stage.keys.log(stage.session);
    byte[] facts = stage.keys.facts(stage.session);
    stage.redis.hset(facts, bytes("reported"), bytes("1"));
    stage.close(new Closing(1, 1), null);
    assertThat(stage.redis.pttl(log)).as("reported").isGreaterThan(3_600_000L);
    Eventually.holds(
        "the time is over and it was looked at",
        () -> settled(PATIENT).isEmpty() && now() > ended() + 200);
    assertThat(settled(PATIENT)).isEmpty();
    assertThat(stage.redis.exists(log)).as("reported").isTrue();

    stage.redis.hdel(facts, bytes("reported"));

    Eventually.holds(
        "the text is gone", () -> settled(PATIENT).isEmpty() && !stage.redis.exists(log));
    assertThat(stage.redis.exists(stage.keys.state(stage.session))).as("tombstone").isTrue();
    assertThat(stage.redis.zcard(stage.keys.due(stage.bucket))).isZero();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aFullOutboxDropsWhatIsNotNeededFirstAndCounts(Server server) {
    stage(server);
    stage.report(PATIENT);
    byte[] outbox = stage.keys.outbox(stage.bucket);
    for (int i = 0; i < 3; i++) {
      stage.redis.xadd(outbox, Map.of(bytes("what"), bytes("filler")), new XAddParams());
    }
    stage.open(null);
    stage.attach(1, ONE);
    stage.attach(2, ONE);
    stage.close(new Closing(1, 1), null);

    assertThat(outbox()).extracting(e -> text(e, "what")).endsWith("settle").hasSize(4);
    BucketReport report = stage.report(PATIENT);
    assertThat(report.dropped()).isEqualTo(2);
    assertThat(report.outbox()).isEqualTo(4);
    assertThat(report.oldest()).isNotNull();
    assertThat(report.newest()).isNotEqualTo(report.oldest());
    assertThat(stage.report(PATIENT).dropped()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aSessionThatIsTooOldIsFound(Server server) {
    stage(server);
    WatchRule rule =
        new WatchRule(NEVER, NEVER, Duration.ofMillis(50), NEVER, AT_ONCE, AT_ONCE, 10);
    stage.open(null);
    stage.attach(1, new NodeLife(new NodeId("node-1"), 1));

    Eventually.holds(
        "it is found",
        () -> stage.found(rule, ONE).equals(List.of(new Finding.TooOld(stage.session))));
  }

  private void stage(Server server) {
    stage =
        new ScriptStage(
            server,
            new LogRetention(
                300,
                1 << 20,
                64,
                Duration.ofHours(13),
                Duration.ofMillis(200),
                Duration.ofMillis(2),
                3));
  }

  /// What is found once every member is there long enough to be looked at.
  private List<Finding> settled(WatchRule rule, NodeLife... lives) {
    long due = now() + 5;
    Eventually.holds("time goes on", () -> now() > due);
    return stage.found(rule, lives);
  }

  private void say(String words) {
    stage.run(
        new LogRequest.Append(
            stage.session, List.of(new Draft(1, 1, 1, 11, Instant.now(), Body.of(bytes(words))))));
  }

  private long now() {
    List<String> time = stage.redis.time();
    return Long.parseLong(time.get(0)) * 1_000 + Long.parseLong(time.get(1)) / 1_000;
  }

  private long ended() {
    byte[] ended = stage.redis.hget(stage.keys.facts(stage.session), bytes("ended"));
    return Long.parseLong(new String(ended, StandardCharsets.US_ASCII));
  }

  private List<Map<String, byte[]>> outbox() {
    List<Object> entries =
        stage.redis.xrange(stage.keys.outbox(stage.bucket), bytes("-"), bytes("+"));
    return entries.stream().map(WatchScriptsIT::fields).toList();
  }

  private static Map<String, byte[]> fields(Object entry) {
    List<?> flat = (List<?>) ((List<?>) entry).get(1);
    Map<String, byte[]> fields = new HashMap<>();
    for (int i = 0; i < flat.size(); i += 2) {
      fields.put(
          new String((byte[]) flat.get(i), StandardCharsets.US_ASCII), (byte[]) flat.get(i + 1));
    }
    return fields;
  }

  private byte[] device(int index) {
    return stage.who.get(index).device().bytes();
  }

  private static String text(Map<String, byte[]> entry, String field) {
    return new String(entry.get(field), StandardCharsets.US_ASCII);
  }

  private static long at(Map<String, byte[]> entry) {
    return Long.parseLong(text(entry, "at"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
