package parley.relay.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.LuaScript;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.ScriptCall;
import parley.platform.redis.ScriptQueue;
import parley.relay.Body;
import parley.relay.Bucket;
import parley.relay.Closing;
import parley.relay.LogUnavailable;
import parley.relay.Outbox;
import parley.relay.OutboxEntry;
import parley.relay.OutboxPage;
import parley.relay.OutboxReader;
import parley.relay.ReportId;
import parley.relay.Who;

/// The outboxes in Redis Streams, one for each bucket.
public final class RedisOutbox implements Outbox {
  private static final LuaScript READ = LuaScript.resource(RedisOutbox.class, "out_read.lua");
  private static final LuaScript REMOVE = LuaScript.resource(RedisOutbox.class, "out_remove.lua");
  private static final int PAGE = 100;
  private static final byte[] NOTHING = new byte[0];

  private final ScriptQueue redis;
  private final RelayKeys keys;
  private final NodeId self;

  private RedisOutbox(ScriptQueue redis, RelayKeys keys, NodeId self) {
    this.redis = redis;
    this.keys = keys;
    this.self = self;
  }

  /// Connects.
  ///
  /// @throws parley.platform.redis.RedisUnknown if no primary answers
  public static RedisOutbox open(RedisConfig config, NodeContext context) {
    return new RedisOutbox(
        ScriptQueue.open(config, "outbox", context), new RelayKeys(config.prefix()), context.id());
  }

  @Override
  public Optional<OutboxPage> read(
      Bucket bucket, OutboxReader reader, @Nullable String after, List<String> done) {
    List<byte[]> args = turnOf(reader);
    args.add(bytes(Long.toString(reader.lease().toMillis())));
    args.add(bytes(kinds(reader)));
    args.add(bytes(after == null ? "" : after));
    args.add(bytes(Integer.toString(PAGE)));
    done.forEach(id -> args.add(bytes(id)));
    Object reply = run(new ScriptCall(READ, keysOf(bucket), args));
    return Optional.ofNullable(reply).map(RedisOutbox::page);
  }

  @Override
  public void stop(Bucket bucket, OutboxReader reader, List<String> done) {
    List<byte[]> args = turnOf(reader);
    done.forEach(id -> args.add(bytes(id)));
    var _ = run(new ScriptCall(REMOVE, keysOf(bucket), args));
  }

  @Override
  public void close() {
    redis.close();
  }

  private @Nullable Object run(ScriptCall call) {
    try {
      return redis.run(call);
    } catch (RuntimeException failed) {
      throw new LogUnavailable("outbox cannot be reached", failed);
    }
  }

  private List<byte[]> keysOf(Bucket bucket) {
    return List.of(keys.outbox(bucket), keys.tick(bucket));
  }

  private List<byte[]> turnOf(OutboxReader reader) {
    return new ArrayList<>(List.of(bytes(reader.purpose()), bytes(self.text())));
  }

  /// As the scripts write them, each between two spaces.
  private static String kinds(OutboxReader reader) {
    return reader.kinds().stream()
        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
        .sorted()
        .collect(Collectors.joining(" ", " ", " "));
  }

  private static OutboxPage page(Object reply) {
    List<?> looked = (List<?>) reply;
    String last = text((byte[]) looked.get(1));
    return new OutboxPage(
        ((List<?>) looked.get(2)).stream().map(RedisOutbox::entry).toList(),
        last.isEmpty() ? null : last,
        (Long) looked.get(0) < PAGE);
  }

  private static OutboxEntry entry(Object reply) {
    List<?> idAndFields = (List<?>) reply;
    Map<String, byte[]> fields = new HashMap<>();
    List<?> flat = (List<?>) idAndFields.get(1);
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      fields.put(text((byte[]) flat.get(i)), (byte[]) flat.get(i + 1));
    }
    byte[] why = fields.get("why");
    byte[] by = fields.get("by");
    return new OutboxEntry(
        text((byte[]) idAndFields.get(0)),
        kind(fields.getOrDefault("what", NOTHING)),
        SessionId.of(Objects.requireNonNull(fields.get("id"), "outbox entry without id")),
        millis(fields.get("at")),
        millis(fields.get("made")),
        who(ByteBuffer.wrap(fields.getOrDefault("who", NOTHING))),
        Body.of(fields.getOrDefault("about", NOTHING)),
        why == null || by == null
            ? null
            : new Closing(Integer.parseInt(text(by)), Integer.parseInt(text(why))),
        reported(fields),
        other(fields.getOrDefault("other", NOTHING)));
  }

  private static @Nullable SessionId other(byte[] id) {
    return id.length == 0 ? null : SessionId.of(id);
  }

  private static OutboxEntry.@Nullable Reported reported(Map<String, byte[]> fields) {
    byte[] report = fields.get("report");
    byte[] by = fields.get("by");
    byte[] whom = fields.get("whom");
    return report == null || by == null || whom == null
        ? null
        : new OutboxEntry.Reported(
            ReportId.of(report),
            Integer.parseInt(text(by)),
            Integer.parseInt(text(whom)),
            Body.of(fields.getOrDefault("details", NOTHING)));
  }

  private static OutboxEntry.Kind kind(byte[] what) {
    return switch (text(what)) {
      case "opened" -> OutboxEntry.Kind.OPENED;
      case "closed" -> OutboxEntry.Kind.CLOSED;
      case "settle" -> OutboxEntry.Kind.SETTLE;
      case "reported" -> OutboxEntry.Kind.REPORTED;
      case "replaced" -> OutboxEntry.Kind.REPLACED;
      default -> OutboxEntry.Kind.UNKNOWN;
    };
  }

  private static Map<Integer, Who> who(ByteBuffer in) {
    Map<Integer, Who> who = new HashMap<>();
    while (in.hasRemaining()) {
      int member = Byte.toUnsignedInt(in.get());
      who.put(member, StoredWho.read(in));
    }
    return who;
  }

  private static Instant millis(byte @Nullable [] millis) {
    return millis == null ? Instant.EPOCH : Instant.ofEpochMilli(Long.parseLong(text(millis)));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, US_ASCII);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
