package parley.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.relay.redis.ScriptStage.ONE;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.domain.NodeId;
import parley.platform.lifecycle.NodeContext;
import parley.relay.Body;
import parley.relay.Closing;
import parley.relay.Draft;
import parley.relay.EvidenceRule;
import parley.relay.History;
import parley.relay.HistoryAnswer;
import parley.relay.HistoryQuery;
import parley.relay.HistoryQuery.Direction;
import parley.relay.LogAnswer;
import parley.relay.LogEntry;
import parley.relay.LogRequest;
import parley.relay.Report;
import parley.relay.ReportAnswer;
import parley.relay.ReportId;
import parley.relay.redis.ScriptStage.Server;
import parley.testing.Eventually;
import redis.clients.jedis.params.XAddParams;

/// Pages of logs and the evidence of reports, against a real Redis: alone, after it forgot the
/// scripts, and as one of three masters.
class HistoryScriptsIT {
  private static final Closing LEFT = new Closing(1, 1);
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(30);

  private ScriptStage stage;
  private History history;
  private long said;

  @AfterEach
  void close() {
    history.close();
    stage.close();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void pagesGoBothWaysAndAreStableWhileMoreIsSaid(Server server) {
    stage(server, LONG, 100);
    say(1, 25);

    HistoryAnswer.Found newest = page(HistoryQuery.newest(10));
    say(2, 3);
    HistoryAnswer.Found older = page(new HistoryQuery(Direction.OLDER, 16, 10));
    HistoryAnswer.Found oldest = page(new HistoryQuery(Direction.OLDER, 6, 10));
    HistoryAnswer.Found back = page(new HistoryQuery(Direction.NEWER, 25, 10));

    assertThat(offsets(newest)).isEqualTo(between(16, 25));
    assertThat(newest.older()).isTrue();
    assertThat(newest.newer()).isFalse();
    assertThat(offsets(older)).isEqualTo(between(6, 15));
    assertThat(older.newer()).isTrue();
    assertThat(offsets(oldest)).isEqualTo(between(1, 5));
    assertThat(oldest.older()).isFalse();
    assertThat(offsets(back)).isEqualTo(between(26, 28));
    assertThat(back.newer()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aPageOfLongTextsIsShorterAndNothingIsLeftOut(Server server) {
    stage(server, LONG, 100);
    say(1, 40, "x".repeat(16 * 1024));

    List<Long> seen = new ArrayList<>();
    HistoryAnswer.Found page = page(new HistoryQuery(Direction.NEWER, 0, 200));
    int pages = 1;
    seen.addAll(offsets(page));
    while (page.newer()) {
      page = page(new HistoryQuery(Direction.NEWER, seen.getLast(), 200));
      pages++;
      seen.addAll(offsets(page));
    }

    assertThat(seen).isEqualTo(between(1, 40));
    assertThat(pages).isGreaterThan(1);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void afterTheEndPagesAreThereUntilTheTextIsGone(Server server) {
    stage(server, LONG, 100);
    say(1, 3);
    stage.close(LEFT, null);
    assertThat(offsets(page(HistoryQuery.newest(10)))).isEqualTo(between(1, 3));

    History hasty = historyThatForgets(SHORT);
    Eventually.holds(
        "the time of the text is over",
        () -> hasty.page(stage.session, HistoryQuery.newest(10)) instanceof HistoryAnswer.TextGone);
    assertThat(hasty.report(report("late", 1, 2))).isEqualTo(ReportAnswer.TEXT_GONE);
    hasty.close();
    stage.redis.del(stage.keys.log(stage.session));
    assertThat(history.page(stage.session, HistoryQuery.newest(10)))
        .isEqualTo(new HistoryAnswer.TextGone());
    assertThat(history.report(report("later", 1, 2))).isEqualTo(ReportAnswer.TEXT_GONE);
    stage.redis.del(stage.keys.state(stage.session));
    assertThat(history.page(stage.session, HistoryQuery.newest(10)))
        .isEqualTo(new HistoryAnswer.TextGone());
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aReportFreezesTheLastWordsOfAMemberWithWhatCameBeforeEach(Server server) {
    stage(server, LONG, 100);
    say(2, 2);
    say(1, 9);
    say(2, 1);
    say(1, 2);
    say(2, 60);

    assertThat(history.report(report("r", 1, 2, new EvidenceRule(62, 3, 4))))
        .isEqualTo(ReportAnswer.REPORTED);

    List<Long> frozen =
        history.evidence(stage.session, id("r")).stream().map(LogEntry::offset).toList();
    List<Long> expected = new ArrayList<>(between(1, 2));
    expected.addAll(between(9, 74));
    assertThat(frozen).isEqualTo(expected);
    assertThat(history.evidence(stage.session, id("r")).getLast().member()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aReportStandsOnceInTheOutboxHoweverOftenItIsMade(Server server) {
    stage(server, LONG, 100);
    say(2, 1);

    for (int i = 0; i < 3; i++) {
      assertThat(history.report(report("r", 1, 2))).isEqualTo(ReportAnswer.REPORTED);
    }

    List<Map<String, byte[]>> entries = outbox("reported");
    assertThat(entries).hasSize(1);
    Map<String, byte[]> entry = entries.getFirst();
    assertThat(entry.get("id")).isEqualTo(stage.session.bytes());
    assertThat(entry.get("report")).isEqualTo(id("r").bytes());
    assertThat(new String(entry.get("by"), StandardCharsets.US_ASCII)).isEqualTo("1");
    assertThat(new String(entry.get("whom"), StandardCharsets.US_ASCII)).isEqualTo("2");
    assertThat(entry.get("details")).containsExactly(9, 9);
    assertThat(entry.get("about")).containsExactly(1, 2, 3);
    assertThat(entry.get("who")).hasSize(2 * 17);
    assertThat(history.evidence(stage.session, id("r"))).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aReportHoldsTheTextUntilItIsReleased(Server server) {
    stage(server, SHORT, 100);
    say(2, 1);
    history.report(report("r", 1, 2));
    stage.close(LEFT, null);
    Eventually.holds(
        "the time of the text is over",
        () ->
            history.page(stage.session, HistoryQuery.newest(1)) instanceof HistoryAnswer.TextGone);
    assertThat(stage.redis.exists(stage.keys.log(stage.session))).as("held").isTrue();
    LogAnswer read = stage.run(new LogRequest.Read(stage.session, 1, 10));
    assertThat(((LogAnswer.Page) read).entries()).as("held, and not for members").isEmpty();
    assertThat(history.giveUp(stage.session, id("r"), Instant.now().plus(LONG))).isFalse();
    assertThat(history.evidence(stage.session, id("r"))).as("it is not time").hasSize(1);

    history.release(stage.session, id("r"));
    history.release(stage.session, id("r"));
    assertThat(history.giveUp(stage.session, id("r"), Instant.EPOCH)).isTrue();

    Eventually.holds("the text is gone", () -> !stage.redis.exists(stage.keys.log(stage.session)));
    assertThat(history.evidence(stage.session, id("r"))).isEmpty();
    assertThat(history.report(report("r", 1, 2)))
        .as("known still")
        .isEqualTo(ReportAnswer.REPORTED);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aFullOutboxRefusesAReportAndChangesNothing(Server server) {
    stage(server, LONG, 1);
    say(2, 1);
    stage.redis.xadd(
        stage.keys.outbox(stage.bucket),
        XAddParams.xAddParams(),
        Map.of("what".getBytes(StandardCharsets.US_ASCII), new byte[] {1}));
    assertThat(stage.redis.xlen(stage.keys.outbox(stage.bucket))).isGreaterThanOrEqualTo(2);

    assertThat(history.report(report("r", 1, 2))).isEqualTo(ReportAnswer.FULL);

    assertThat(history.evidence(stage.session, id("r"))).isEmpty();
    assertThat(outbox("reported")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void whoNeverEnteredIsNotReportedAndNobodyReportsWithoutEnd(Server server) {
    stage(server, LONG, 100);
    say(2, 1);
    assertThat(history.report(report("far", 1, 3))).isEqualTo(ReportAnswer.NEVER_ENTERED);
    EvidenceRule rule = new EvidenceRule(50, 5, 2);
    assertThat(history.report(report("a", 1, 2, rule))).isEqualTo(ReportAnswer.REPORTED);
    assertThat(history.report(report("b", 1, 2, rule))).isEqualTo(ReportAnswer.REPORTED);

    assertThat(history.report(report("c", 1, 2, rule))).isEqualTo(ReportAnswer.TOO_MANY);
    assertThat(history.report(report("a", 1, 2, rule))).isEqualTo(ReportAnswer.REPORTED);
  }

  private void stage(Server server, Duration textAfterClose, int box) {
    LogRetention retention = retention(textAfterClose, box);
    stage = new ScriptStage(server, retention);
    stage.open(null);
    stage.attach(1, ONE);
    stage.attach(2, ONE);
    history = RedisHistory.open(stage.config, retention, NodeContext.of(new NodeId("node-1")));
  }

  private History historyThatForgets(Duration after) {
    return RedisHistory.open(
        stage.config, retention(after, 100), NodeContext.of(new NodeId("node-2")));
  }

  private static LogRetention retention(Duration textAfterClose, int box) {
    return new LogRetention(2_000, 1 << 20, 64, LONG, textAfterClose, Duration.ofSeconds(5), box);
  }

  private void say(int member, int count) {
    say(member, count, "words");
  }

  private void say(int member, int count, String text) {
    long sequence = stage.look().state().member(member).sequence();
    for (int i = 1; i <= count; i++) {
      Body body = Body.of(text.getBytes(StandardCharsets.UTF_8));
      Draft draft = new Draft(member, 1, sequence + i, (int) ++said, Instant.EPOCH, body);
      stage.run(new LogRequest.Append(stage.session, List.of(draft)));
    }
  }

  private HistoryAnswer.Found page(HistoryQuery query) {
    return (HistoryAnswer.Found) history.page(stage.session, query);
  }

  private Report report(String id, int by, int whom) {
    return report(id, by, whom, EvidenceRule.DEFAULTS);
  }

  private Report report(String id, int by, int whom, EvidenceRule rule) {
    return new Report(stage.session, id(id), by, whom, Body.of(new byte[] {9, 9}), rule);
  }

  private static ReportId id(String name) {
    return ReportId.of(Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), 16));
  }

  private List<Map<String, byte[]>> outbox(String what) {
    return stage.redis.xrange(stage.keys.outbox(stage.bucket), (byte[]) null, null).stream()
        .map(HistoryScriptsIT::fields)
        .filter(e -> new String(e.get("what"), StandardCharsets.US_ASCII).equals(what))
        .toList();
  }

  private static Map<String, byte[]> fields(Object entry) {
    List<?> flat = (List<?>) ((List<?>) entry).get(1);
    Map<String, byte[]> fields = new HashMap<>();
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      fields.put(
          new String((byte[]) flat.get(i), StandardCharsets.US_ASCII), (byte[]) flat.get(i + 1));
    }
    return fields;
  }

  private static List<Long> offsets(HistoryAnswer.Found page) {
    return page.entries().stream().map(LogEntry::offset).toList();
  }

  private static List<Long> between(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
