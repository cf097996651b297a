package parley.relay.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.domain.SessionId;
import parley.platform.redis.LuaScript;
import parley.platform.redis.ScriptCall;
import parley.relay.Closing;
import parley.relay.Draft;
import parley.relay.LogRequest;

/// Writes requests as calls of the scripts beside this class.
final class LogScripts {
  static final int HEADER_BYTES = 21;

  private static final LuaScript OPEN = script("log_open.lua");
  private static final LuaScript ATTACH = script("log_attach.lua");
  private static final LuaScript APPEND = script("log_append.lua");
  private static final LuaScript CLOSE = script("log_close.lua");
  private static final LuaScript READ = script("log_read.lua");
  private static final LuaScript LOOK = script("log_look.lua");

  private final RelayKeys keys;
  private final byte[] life;
  private final byte[] textAfterClose;
  private final byte[] entriesKept;
  private final byte[] trimEvery;

  LogScripts(RelayKeys keys, LogRetention retention) {
    this.keys = keys;
    this.life = number(retention.life().toMillis());
    this.textAfterClose = number(retention.textAfterClose().toMillis());
    this.entriesKept = number(retention.entries());
    this.trimEvery = number(retention.trimEvery());
  }

  ScriptCall call(LogRequest request) {
    return switch (request) {
      case LogRequest.Open open -> open(open);
      case LogRequest.Attach attach -> attach(attach);
      case LogRequest.Append append -> append(append);
      case LogRequest.Close close -> close(close.session(), close.closing());
      case LogRequest.Read read -> read(read);
      case LogRequest.Look look ->
          new ScriptCall(
              LOOK, List.of(keys.state(look.session()), keys.facts(look.session())), List.of());
    };
  }

  private ScriptCall open(LogRequest.Open open) {
    return new ScriptCall(
        OPEN,
        List.of(keys.state(open.session())),
        List.of(number(open.epoch()), number(open.members()), millis(open.enterBy()), life));
  }

  private ScriptCall attach(LogRequest.Attach attach) {
    return new ScriptCall(
        ATTACH,
        all(attach.session()),
        List.of(
            number(attach.member()),
            attach.node().text().getBytes(US_ASCII),
            millis(attach.enterBy()),
            life));
  }

  private ScriptCall append(LogRequest.Append append) {
    List<byte[]> args = new ArrayList<>(append.drafts().size() + 3);
    args.add(entriesKept);
    args.add(trimEvery);
    args.add(life);
    append.drafts().forEach(draft -> args.add(packed(draft)));
    return new ScriptCall(
        APPEND, List.of(keys.state(append.session()), keys.log(append.session())), args);
  }

  private ScriptCall close(SessionId session, Closing closing) {
    return new ScriptCall(
        CLOSE,
        all(session),
        List.of(number(closing.by()), number(closing.reason()), life, textAfterClose));
  }

  private ScriptCall read(LogRequest.Read read) {
    return new ScriptCall(
        READ,
        List.of(keys.state(read.session()), keys.log(read.session())),
        List.of(number(read.from()), number(read.count())));
  }

  private List<byte[]> all(SessionId session) {
    return List.of(keys.state(session), keys.facts(session), keys.log(session));
  }

  private static byte[] packed(Draft draft) {
    return ByteBuffer.allocate(HEADER_BYTES + draft.body().size())
        .put((byte) draft.member())
        .putInt((int) draft.attachment())
        .putInt((int) draft.sequence())
        .putInt(draft.check())
        .putLong(draft.at().toEpochMilli())
        .put(draft.body().bytes())
        .array();
  }

  private static byte[] millis(@Nullable Instant instant) {
    return number(instant == null ? 0 : instant.toEpochMilli());
  }

  private static byte[] number(long number) {
    return Long.toString(number).getBytes(US_ASCII);
  }

  private static LuaScript script(String file) {
    return LuaScript.resource(LogScripts.class, file);
  }
}
