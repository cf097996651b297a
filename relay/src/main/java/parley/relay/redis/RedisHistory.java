package parley.relay.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import parley.domain.SessionId;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.LuaScript;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.ScriptCall;
import parley.platform.redis.ScriptQueue;
import parley.relay.Bucket;
import parley.relay.EvidenceRule;
import parley.relay.History;
import parley.relay.HistoryAnswer;
import parley.relay.HistoryQuery;
import parley.relay.LogEntry;
import parley.relay.LogState;
import parley.relay.LogUnavailable;
import parley.relay.Report;
import parley.relay.ReportAnswer;
import parley.relay.ReportId;

/// Pages and evidence by scripts on the keys of the logs, over a connection of its own: who reads
/// back a whole conversation does not stand in the way of who talks.
public final class RedisHistory implements History {
  private static final LuaScript PAGE = script("log_page.lua");
  private static final LuaScript REPORT = script("log_report.lua");
  private static final LuaScript RELEASE = script("report_release.lua");
  private static final LuaScript EVIDENCE = script("report_read.lua");

  /// What one page holds, but for its last entry: bodies may have 16 KiB.
  private static final int PAGE_BYTES = 256 * 1024;

  private final ScriptQueue redis;
  private final RelayKeys keys;
  private final LogRetention retention;

  private RedisHistory(ScriptQueue redis, RelayKeys keys, LogRetention retention) {
    this.redis = redis;
    this.keys = keys;
    this.retention = retention;
  }

  /// Connects.
  ///
  /// @param retention as that of the relay
  /// @throws parley.platform.redis.RedisUnknown if no primary answers
  public static RedisHistory open(RedisConfig config, LogRetention retention, NodeContext context) {
    return new RedisHistory(
        ScriptQueue.open(config, "history", context), new RelayKeys(config.prefix()), retention);
  }

  @Override
  public HistoryAnswer page(SessionId session, HistoryQuery query) {
    Object reply =
        run(
            new ScriptCall(
                PAGE,
                List.of(keys.state(session), keys.facts(session), keys.log(session)),
                List.of(
                    bytes(query.direction().name().toLowerCase(Locale.ROOT)),
                    number(query.from()),
                    number(query.count()),
                    number(PAGE_BYTES),
                    number(retention.textAfterClose().toMillis()))));
    return reply == null ? new HistoryAnswer.TextGone() : found((List<?>) reply, query);
  }

  @Override
  public ReportAnswer report(Report report) {
    SessionId session = report.session();
    EvidenceRule rule = report.evidence();
    Object reply =
        run(
            new ScriptCall(
                REPORT,
                List.of(
                    keys.state(session),
                    keys.facts(session),
                    keys.log(session),
                    keys.outbox(Bucket.of(session)),
                    keys.evidence(session, report.id())),
                List.of(
                    session.bytes(),
                    bytes(report.id().text()),
                    report.id().bytes(),
                    report.about().bytes(),
                    number(report.by()),
                    number(report.whom()),
                    number(rule.entries()),
                    number(rule.before()),
                    number(rule.reports()),
                    number(retention.outbox()),
                    number(retention.textAfterClose().toMillis()),
                    number(retention.life().toMillis()))));
    return answer(reply == null ? "" : new String((byte[]) reply, US_ASCII));
  }

  @Override
  public List<LogEntry> evidence(SessionId session, ReportId report) {
    Object reply =
        run(new ScriptCall(EVIDENCE, List.of(keys.evidence(session, report)), List.of()));
    return reply == null ? List.of() : LogReplies.entries(reply);
  }

  @Override
  public void release(SessionId session, ReportId report) {
    var _ = giveUp(session, report, Instant.EPOCH);
  }

  @Override
  public boolean giveUp(SessionId session, ReportId report, Instant notBefore) {
    Object reply =
        run(
            new ScriptCall(
                RELEASE,
                List.of(keys.facts(session), keys.log(session), keys.evidence(session, report)),
                List.of(
                    bytes(report.text()),
                    number(retention.textAfterClose().toMillis()),
                    number(notBefore.toEpochMilli()))));
    return reply != null;
  }

  @Override
  public void close() {
    redis.close();
  }

  private static HistoryAnswer found(List<?> reply, HistoryQuery query) {
    LogState state = LogReplies.state(ByteBuffer.wrap((byte[]) reply.get(0)));
    String first = new String((byte[]) reply.get(1), US_ASCII);
    long kept = first.isEmpty() ? 0 : Long.parseLong(first.substring(0, first.indexOf('-')));
    List<LogEntry> entries = LogReplies.entries(reply.get(2));
    if (entries.isEmpty()) {
      boolean toTip = query.direction() == HistoryQuery.Direction.NEWER || query.from() == 0;
      return new HistoryAnswer.Found(state.epoch(), entries, toTip && kept > 0, !toTip && kept > 0);
    }
    return new HistoryAnswer.Found(
        state.epoch(),
        entries,
        entries.getFirst().offset() > kept,
        entries.getLast().offset() < state.tip().offset());
  }

  private static ReportAnswer answer(String word) {
    return switch (word) {
      case "reported" -> ReportAnswer.REPORTED;
      case "gone" -> ReportAnswer.TEXT_GONE;
      case "absent" -> ReportAnswer.NEVER_ENTERED;
      case "many" -> ReportAnswer.TOO_MANY;
      case "full" -> ReportAnswer.FULL;
      default ->
          throw new IllegalStateException(
              "report answered '" + word + "', expected reported, gone, absent, many or full");
    };
  }

  private @Nullable Object run(ScriptCall call) {
    try {
      return redis.run(call);
    } catch (RuntimeException failed) {
      throw new LogUnavailable("history cannot be reached", failed);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  private static byte[] number(long number) {
    return bytes(Long.toString(number));
  }

  private static LuaScript script(String file) {
    return LuaScript.resource(RedisHistory.class, file);
  }
}
