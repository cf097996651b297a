package parley.relay.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static parley.relay.redis.ScriptStage.ONE;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.domain.Position;
import parley.relay.AppendOutcome;
import parley.relay.Body;
import parley.relay.Draft;
import parley.relay.Finding;
import parley.relay.LogAnswer;
import parley.relay.LogEntry;
import parley.relay.LogRequest;
import parley.relay.Lost;
import parley.relay.Sign;
import parley.relay.WatchRule;
import parley.relay.redis.ScriptStage.Server;
import parley.testing.Eventually;

/// What a watched session begins with, against a real Redis: alone, after it forgot the scripts,
/// and as one of three masters.
class BeginningScriptsIT {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Instant NOW = Instant.ofEpochMilli(1_790_000_000_000L);

  private ScriptStage stage;

  @AfterEach
  void close() {
    stage.close();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void theOpeningIsTheFirstEntryAndWrittenOnce(Server server) {
    stage(server);
    stage.open(null, opening(11, "who is who"), Map.of());
    stage.open(null, opening(12, "said twice"), Map.of());

    Position tip = stage.attach(1, ONE).state().tip();

    assertThat(tip).isEqualTo(new Position(7, 1, 11));
    LogEntry first = page().getFirst();
    assertThat(first.member()).isZero();
    assertThat(first.body()).isEqualTo(body("who is who"));
    assertThat(append(new Draft(1, 1, 1, 13, NOW, body("hello"))))
        .containsExactly(new AppendOutcome.Stored(new Position(7, 2, 13), NOW));
    assertThat(page()).extracting(LogEntry::member).containsExactly(0, 1);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aLogThatIsMadeAnewBeginsWithItsOpeningAgain(Server server) {
    stage(server);
    stage.open(null, opening(11, "who is who"), Map.of());
    stage.attach(1, ONE);
    append(new Draft(1, 1, 1, 13, NOW, body("hello")));
    stage.redis.del(stage.keys.state(stage.session));

    stage.open(null, opening(12, "who is who"), Map.of());

    assertThat(page())
        .extracting(LogEntry::check, LogEntry::body)
        .containsExactly(tuple(12, body("who is who")));
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void whoIsWaitedForLessIsFoundAloneAndSoon(Server server) {
    stage(server);
    WatchRule patient = new WatchRule(NEVER, NEVER, NEVER, NEVER, AT_ONCE, AT_ONCE, 10);
    stage.open(null, null, Map.of(2, Duration.ofMillis(30)));
    stage.attach(1, ONE);
    stage.attach(2, ONE);
    stage.report(patient, ONE);
    stage.note(1, 1, Sign.AWAY);
    stage.note(2, 1, Sign.AWAY);

    Finding.NotBack second = new Finding.NotBack(stage.session, new Lost(2, 1));
    Eventually.holds(
        "the second is lost, the first is waited for",
        () -> stage.found(patient, ONE).equals(List.of(second)));
  }

  private void stage(Server server) {
    stage = new ScriptStage(server, new LogRetention(300, 1 << 20, 64, NEVER, NEVER, NEVER, 3));
  }

  private List<AppendOutcome> append(Draft draft) {
    LogAnswer answer = stage.run(new LogRequest.Append(stage.session, List.of(draft)));
    return ((LogAnswer.Appended) answer).outcomes();
  }

  private List<LogEntry> page() {
    return ((LogAnswer.Page) stage.run(new LogRequest.Read(stage.session, 1, 10))).entries();
  }

  private static Draft opening(int check, String words) {
    return new Draft(0, 0, 0, check, NOW, body(words));
  }

  private static Body body(String words) {
    return Body.of(words.getBytes(UTF_8));
  }
}
