package parley.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.domain.NodeId;
import parley.domain.Position;
import parley.domain.SessionId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.relay.AppendOutcome;
import parley.relay.Body;
import parley.relay.Closing;
import parley.relay.Draft;
import parley.relay.LogAnswer;
import parley.relay.LogEntry;
import parley.relay.LogRequest;
import parley.relay.SessionFacts;
import parley.testing.TestRedis;
import parley.testing.TestRedisCluster;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/// Every script against a real Redis: alone, after it forgot the scripts, and as one of three
/// masters.
class LogScriptsIT {
  private static final RandomGenerator RANDOM = RandomGenerator.getDefault();
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_000L);
  private static final LogRetention RETENTION =
      new LogRetention(300, 64, Duration.ofHours(13), Duration.ofMinutes(10));

  private final SessionId session = SessionId.random(RANDOM);
  private final String prefix = TestRedis.prefix();
  private final RelayKeys keys = new RelayKeys(prefix);
  private Jedis redis;
  private RedisAppendLog log;

  enum Server {
    ALONE,
    WITHOUT_SCRIPTS,
    CLUSTER
  }

  @AfterEach
  void close() {
    log.close();
    redis.close();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aMessageIsStoredOnceAndItsRepetitionIsFound(Server server) {
    open(server);
    attach(1);

    assertThat(append(draft(1, 1, 1, 11, "a"), draft(1, 1, 2, 12, "b")))
        .containsExactly(stored(1, 11), stored(2, 12));
    assertThat(
            append(
                draft(1, 1, 2, 99, "b"),
                draft(1, 1, 1, 99, "other"),
                draft(1, 1, 4, 14, "d"),
                draft(1, 1, 3, 13, "c")))
        .containsExactly(
            new AppendOutcome.Duplicate(Optional.of(position(2, 12))),
            new AppendOutcome.ContentDiffers(),
            new AppendOutcome.OutOfOrder(3),
            stored(3, 13));
    assertThat(page(1, 10)).extracting(LogEntry::offset).containsExactly(1L, 2L, 3L);
    assertThat(page(2, 10).getFirst())
        .isEqualTo(new LogEntry(2, 12, 1, 2, NOW, Body.of(bytes("b"))));
    assertThat(facts().state().tip()).isEqualTo(position(3, 13));
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void theCheckBeforeTheFirstNewEntryIsTold(Server server) {
    open(server);
    attach(1);
    append(draft(1, 1, 1, 11, "a"));

    LogAnswer.Appended appended =
        (LogAnswer.Appended) one(new LogRequest.Append(session, List.of(draft(1, 1, 2, 12, "b"))));

    assertThat(appended.previousCheck()).isEqualTo(11);
    assertThat(appended.epoch()).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void anOlderAttachmentIsFencedOffAndMayOnlyHearOfItsOwn(Server server) {
    open(server);
    attach(1);
    append(draft(1, 1, 1, 11, "a"));
    attach(1);

    assertThat(
            append(
                draft(1, 1, 1, 98, "a"),
                draft(1, 1, 2, 12, "b"),
                draft(1, 1, 1, 99, "x"),
                draft(1, 2, 2, 13, "c")))
        .containsExactly(
            new AppendOutcome.Duplicate(Optional.of(position(1, 11))),
            new AppendOutcome.StaleAttachment(),
            new AppendOutcome.StaleAttachment(),
            stored(2, 13));
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void whatIsTooFarBackToCompareIsADuplicateWithoutPosition(Server server) {
    open(server);
    attach(1);
    attach(2);
    append(draft(2, 1, 1, 5, "first"), draft(1, 1, 1, 6, "mine"));
    for (int i = 2; i <= 300; i++) {
      append(draft(2, 1, i, 1_000 + i, "text " + i));
    }
    for (int i = 2; i <= 300; i++) {
      append(draft(1, 1, i, 2_000 + i, "text " + i));
    }

    assertThat(append(draft(1, 1, 1, 77, "mine")))
        .containsExactly(new AppendOutcome.Duplicate(Optional.empty()));
    assertThat(page(1, 1).getFirst().offset()).as("first kept entry").isGreaterThan(1);
    assertThat(page(1, 1_000)).hasSizeBetween(300, 380);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aClosedSessionTakesNothingStaysClosedAndItsTextGoes(Server server) {
    open(server);
    attach(1);
    append(draft(1, 1, 1, 11, "a"));

    SessionFacts closed = facts(new LogRequest.Close(session, new Closing(1, 1)));
    SessionFacts again = facts(new LogRequest.Close(session, new Closing(2, 5)));

    assertThat(closed.state().open()).isFalse();
    assertThat(closed.closing()).isEqualTo(new Closing(1, 1));
    assertThat(again.closing()).isEqualTo(new Closing(1, 1));
    assertThat(append(draft(1, 1, 2, 12, "b"), draft(1, 1, 1, 12, "a")))
        .containsExactly(
            new AppendOutcome.NotOpen(), new AppendOutcome.Duplicate(Optional.of(position(1, 11))));
    assertThat(attach(2).state().member(2).attachment()).isZero();
    assertThat(redis.pttl(keys.log(session))).isBetween(1L, 600_000L);
    assertThat(redis.pttl(keys.state(session))).isGreaterThan(12 * 3_600_000L);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void everyKeyHasAnEndFromTheStart(Server server) {
    open(server);
    attach(1);
    append(draft(1, 1, 1, 11, "a"));
    append(draft(1, 1, 2, 12, "b"));

    for (byte[] key : List.of(keys.state(session), keys.facts(session), keys.log(session))) {
      assertThat(redis.pttl(key)).isGreaterThan(12 * 3_600_000L);
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void enteringForTheFirstTimeHasAnEndByTheClockOfRedis(Server server) {
    connect(server);
    Instant over = Instant.now().minusSeconds(1);
    Instant later = Instant.now().plusSeconds(60);

    assertThat(one(new LogRequest.Open(session, 7, 2, over))).isInstanceOf(LogAnswer.TooLate.class);
    assertThat(one(attaching(1, over))).isInstanceOf(LogAnswer.Missing.class);
    assertThat(one(new LogRequest.Open(session, 7, 2, later))).isInstanceOf(LogAnswer.Opened.class);
    assertThat(one(attaching(1, later))).isInstanceOf(LogAnswer.Facts.class);
    assertThat(one(attaching(1, over))).as("has entered").isInstanceOf(LogAnswer.TooLate.class);
    assertThat(one(attaching(2, over))).as("has not").isInstanceOf(LogAnswer.TooLate.class);
    assertThat(one(attaching(2, null))).as("by pass").isInstanceOf(LogAnswer.Facts.class);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void openingTwiceChangesNothingAndAttachingTellsWhereTheOthersWere(Server server) {
    open(server);
    attach(1);
    one(new LogRequest.Open(session, 8, 2, null));

    SessionFacts facts = facts(attaching(2, null));

    assertThat(facts.state().epoch()).isEqualTo(7);
    assertThat(facts.nodes()).containsOnlyKeys(1).containsValue(new NodeId("node-1"));
    assertThat(facts().nodes()).containsOnlyKeys(1, 2);
    assertThat(facts.state().allHaveEntered()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void nothingIsKnownOfASessionThatIsGone(Server server) {
    connect(server);

    assertThat(
            log.run(
                List.of(
                    new LogRequest.Append(session, List.of(draft(1, 1, 1, 11, "a"))),
                    new LogRequest.Close(session, new Closing(1, 1)),
                    new LogRequest.Read(session, 1, 5),
                    new LogRequest.Look(session))))
        .allMatch(answer -> answer instanceof LogAnswer.Missing);
    assertThat(redis.exists(keys.log(session))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void anAppendAlwaysWritesTheState(Server server) {
    open(server);
    attach(1);
    append(draft(1, 1, 1, 11, "a"));
    long before = dirty();

    append(draft(1, 1, 1, 99, "a"));

    assertThat(dirty()).isGreaterThan(before);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aPageEndsWhenItHoldsEnoughBytes(Server server) {
    open(server);
    attach(1);
    for (int i = 1; i <= 40; i++) {
      append(draft(1, 1, i, i, "x".repeat(1_000)));
    }

    assertThat(page(1, 100)).hasSize(40);
    assertThat(pageOf(1, 100, 10_000)).extracting(LogEntry::offset).endsWith(10L).hasSize(10);
    assertThat(pageOf(5, 100, 1)).extracting(LogEntry::offset).containsExactly(5L, 6L);
    assertThat(pageOf(39, 100, 100_000)).hasSize(2);
    assertThat(pageOf(1, 7, 100_000)).hasSize(7);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aLogKeepsItsNewestBytes(Server server) {
    open(server);
    attach(1);
    String text = "x".repeat(16_000);
    for (int i = 1; i <= 100; i++) {
      append(draft(1, 1, i, i, text));
      long bytes = page(1, 1_000).stream().mapToLong(e -> e.body().size()).sum();
      assertThat(bytes).isLessThanOrEqualTo(RETENTION.bytes());
      assertThat(bytes).isGreaterThanOrEqualTo(Math.min(16_000L * i, RETENTION.bytes() * 9L / 10));
    }

    List<LogEntry> kept = page(1, 1_000);

    assertThat(kept.getLast().offset()).isEqualTo(100);
    assertThat(append(draft(1, 1, 100, 7, text)))
        .containsExactly(new AppendOutcome.Duplicate(Optional.of(position(100, 100))));
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aLogKeepsItsNewestEntries(Server server) {
    open(server);
    attach(1);
    for (int i = 1; i <= 400; i++) {
      append(draft(1, 1, i, i, "text"));
    }

    assertThat(page(1, 1_000)).hasSize(300 + 400 % 64);
    assertThat(page(1, 1_000).getLast().offset()).isEqualTo(400);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aSessionThatIsMadeAnewBeginsWithAnEmptyLog(Server server) {
    open(server);
    attach(1);
    append(draft(1, 1, 1, 11, "a"), draft(1, 1, 2, 12, "b"));
    redis.del(keys.state(session));

    one(new LogRequest.Open(session, 8, 2, null));
    attach(1);

    assertThat(page(1, 10)).isEmpty();
    assertThat(facts().nodes()).containsOnlyKeys(1);
    assertThat(append(draft(1, 1, 1, 13, "c")))
        .containsExactly(new AppendOutcome.Stored(new Position(8, 1, 13), NOW));
  }

  private long dirty() {
    String info = redis.info("persistence");
    String line = info.substring(info.indexOf("rdb_changes_since_last_save:"));
    return Long.parseLong(line.substring(line.indexOf(':') + 1, line.indexOf('\r')));
  }

  private void open(Server server) {
    connect(server);
    one(new LogRequest.Open(session, 7, 2, null));
  }

  private void connect(Server server) {
    String address = server == Server.CLUSTER ? owner() : TestRedis.shared();
    HostPort where = HostPort.parse(address);
    redis = new Jedis(where.host(), where.port());
    log =
        RedisAppendLog.open(
            new RedisConfig(where, prefix), RETENTION, NodeContext.of(new NodeId("node-1")));
    if (server == Server.WITHOUT_SCRIPTS) {
      redis.scriptFlush();
    }
  }

  /// The cluster's node that holds the session's keys.
  private String owner() {
    return TestRedisCluster.shared().stream().filter(this::holdsKeys).findFirst().orElseThrow();
  }

  private boolean holdsKeys(String address) {
    HostPort where = HostPort.parse(address);
    try (Jedis node = new Jedis(where.host(), where.port())) {
      node.exists(keys.state(session));
      return true;
    } catch (JedisRedirectionException elsewhere) {
      return false;
    }
  }

  private SessionFacts attach(int member) {
    return facts(attaching(member, null));
  }

  private LogRequest attaching(int member, Instant enterBy) {
    return new LogRequest.Attach(session, member, new NodeId("node-" + member), enterBy);
  }

  private List<AppendOutcome> append(Draft... drafts) {
    LogAnswer answer = one(new LogRequest.Append(session, List.of(drafts)));
    return ((LogAnswer.Appended) answer).outcomes();
  }

  private List<LogEntry> page(long from, int count) {
    return ((LogAnswer.Page) one(new LogRequest.Read(session, from, count))).entries();
  }

  private List<LogEntry> pageOf(long from, int count, int bytes) {
    return ((LogAnswer.Page) one(new LogRequest.Read(session, from, count, bytes))).entries();
  }

  private SessionFacts facts() {
    return facts(new LogRequest.Look(session));
  }

  private SessionFacts facts(LogRequest request) {
    return ((LogAnswer.Facts) one(request)).facts();
  }

  private LogAnswer one(LogRequest request) {
    return new ArrayList<>(log.run(List.of(request))).getFirst();
  }

  private static Draft draft(int member, long attachment, long sequence, int check, String text) {
    return new Draft(member, attachment, sequence, check, NOW, Body.of(bytes(text)));
  }

  private static AppendOutcome stored(long offset, int check) {
    return new AppendOutcome.Stored(position(offset, check), NOW);
  }

  private static Position position(long offset, int check) {
    return new Position(7, offset, check);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
