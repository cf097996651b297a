package parley.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.relay.redis.ScriptStage.ONE;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.relay.BucketReport;
import parley.relay.Closing;
import parley.relay.Finding;
import parley.relay.NodeLife;
import parley.relay.Sign;
import parley.relay.WatchRule;
import parley.relay.redis.ScriptStage.Server;
import parley.testing.Eventually;

/// Who counts as away, how patience is counted, and what is left alone, against a real Redis:
/// alone, after it forgot the scripts, and as one of three masters.
class AbsenceScriptsIT {
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
  void whoIsAwayHasItsWholeTimeAgainAfterAPause(Server server) {
    stage(server);
    Duration lost = Duration.ofMillis(600);
    WatchRule rule =
        new WatchRule(
            lost, NEVER, NEVER, Duration.ofSeconds(3), Duration.ofMillis(300), AT_ONCE, 10);
    stage.open(null);
    stage.attach(1, ONE);
    stage.attach(2, ONE);
    stage.note(2, 1, Sign.AWAY);
    long[] now = {stage.report(rule, ONE).at().toEpochMilli()};
    long pauseEnds = now[0];

    Eventually.holds(
        "the second is lost",
        () -> {
          BucketReport report = stage.report(rule, ONE);
          now[0] = report.at().toEpochMilli();
          return !report.findings().isEmpty();
        });

    assertThat(now[0] - pauseEnds).isGreaterThanOrEqualTo(300 + lost.toMillis());
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void anAttachmentOfWhichNothingIsHeardIsNobodysThoughItsNodeLives(Server server) {
    stage(server);
    byte[] facts = stage.keys.facts(stage.session);
    stage.open(null);
    stage.attach(1, ONE);
    stage.attach(2, ONE);
    stage.report(PATIENT);
    byte[] before = bytes("" + (now() - 2 * NEVER.toMillis()));
    for (String field : List.of("t1", "s1", "t2", "s2")) {
      stage.redis.hset(facts, bytes(field), before);
    }
    stage.note(1, 1, Sign.HERE);

    stage.redis.hset(stage.keys.tick(stage.bucket), bytes("calm"), bytes("" + now()));
    assertThat(settled(PATIENT, ONE)).as("after a pause").isEmpty();
    stage.redis.hset(stage.keys.tick(stage.bucket), bytes("calm"), before);
    stage.redis.hdel(facts, bytes("s2"));
    assertThat(settled(PATIENT, ONE)).as("an old version keeps no signs").isEmpty();
    stage.redis.hset(facts, bytes("s2"), before);

    assertThat(settled(PATIENT, ONE)).containsExactly(new Finding.WentAway(stage.session, 2, 1));
    stage.note(2, 1, Sign.HERE);
    assertThat(settled(PATIENT, ONE)).as("it was heard of again").isEmpty();
    assertThat(stage.look().away()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aTombstoneStandsAsLongAsThePassLivesThatIsGivenAtIt(Server server) {
    stage(server);
    stage.open(null);
    stage.attach(1, ONE);
    stage.close(LOST, null);
    var tombstone = List.of(stage.keys.state(stage.session), stage.keys.facts(stage.session));
    tombstone.forEach(key -> stage.redis.pexpire(key, 60_000L));

    stage.attach(1, ONE);

    assertThat(tombstone).allMatch(key -> stage.redis.pttl(key) > Duration.ofHours(12).toMillis());
  }

  private void stage(Server server) {
    Duration soon = Duration.ofMillis(2);
    Duration day = Duration.ofHours(13);
    stage = new ScriptStage(server, new LogRetention(300, 1 << 20, 64, day, NEVER, soon, 3));
  }

  /// What is found once every member is there long enough to be looked at.
  private List<Finding> settled(WatchRule rule, NodeLife... lives) {
    long due = now() + 5;
    Eventually.holds("time goes on", () -> now() > due);
    return stage.found(rule, lives);
  }

  private long now() {
    List<String> time = stage.redis.time();
    return Long.parseLong(time.get(0)) * 1_000 + Long.parseLong(time.get(1)) / 1_000;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
