package parley.relay.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.domain.SessionId;
import parley.platform.redis.LuaScript;
import parley.platform.redis.ScriptCall;
import parley.relay.Bucket;
import parley.relay.Draft;
import parley.relay.LogRequest;
import parley.relay.Lost;
import parley.relay.WatchRule;

/// Writes requests as calls of the scripts beside this class.
final class LogScripts {
  static final int HEADER_BYTES = 21;
  private static final int DELIVERIES_KEPT = 64;
  private static final byte[] NOTHING = new byte[0];

  private static final LuaScript OPEN = script("log_open.lua");
  private static final LuaScript ATTACH = script("log_attach.lua");
  private static final LuaScript APPEND =
      LuaScript.resource(LogScripts.class, List.of("log_trim.lua", "log_append.lua"));
  private static final LuaScript CLOSE = script("log_close.lua");
  private static final LuaScript DELIVER = script("log_deliver.lua");
  private static final LuaScript SIGN = script("log_sign.lua");
  private static final LuaScript RECEIVE = script("log_receive.lua");
  private static final LuaScript TICK = script("log_tick.lua");
  private static final LuaScript READ = script("log_read.lua");
  private static final LuaScript LOOK = script("log_look.lua");

  private final RelayKeys keys;
  private final byte[] life;
  private final byte[] textAfterClose;
  private final byte[] entriesKept;
  private final byte[] bytesKept;
  private final byte[] trimEvery;
  private final byte[] lookEvery;
  private final byte[] outbox;

  LogScripts(RelayKeys keys, LogRetention retention) {
    this.keys = keys;
    this.life = number(retention.life().toMillis());
    this.textAfterClose = number(retention.textAfterClose().toMillis());
    this.entriesKept = number(retention.entries());
    this.bytesKept = number(retention.bytes());
    this.trimEvery = number(retention.trimEvery());
    this.lookEvery = number(retention.lookEvery().toMillis());
    this.outbox = number(retention.outbox());
  }

  ScriptCall call(LogRequest request) {
    return switch (request) {
      case LogRequest.Open open -> open(open);
      case LogRequest.Attach attach -> attach(attach);
      case LogRequest.Append append -> append(append);
      case LogRequest.Deliver deliver -> deliver(deliver);
      case LogRequest.Note note -> note(note);
      case LogRequest.Receive receive -> receive(receive);
      case LogRequest.Close close -> close(close);
      case LogRequest.Tick tick -> tick(tick);
      case LogRequest.Read read -> read(read);
      case LogRequest.Look look ->
          new ScriptCall(
              LOOK, List.of(keys.state(look.session()), keys.facts(look.session())), List.of());
    };
  }

  private ScriptCall open(LogRequest.Open open) {
    SessionId session = open.session();
    LogRequest.Watched watched = open.watched();
    List<byte[]> args = new ArrayList<>();
    args.add(number(open.epoch()));
    args.add(number(open.members()));
    args.add(millis(open.enterBy()));
    args.add(life);
    args.add(number(watched == null ? 0 : 1));
    args.add(text(session.text()));
    args.add(lookEvery);
    args.addAll(watched == null ? List.of(NOTHING, NOTHING) : beginning(watched));
    return new ScriptCall(
        OPEN,
        List.of(
            keys.state(session),
            keys.facts(session),
            keys.due(Bucket.of(session)),
            keys.log(session)),
        args);
  }

  private static List<byte[]> beginning(LogRequest.Watched watched) {
    List<byte[]> args = new ArrayList<>();
    Draft opening = watched.opening();
    args.add(watched.about().bytes());
    args.add(opening == null ? NOTHING : packed(opening));
    watched
        .patience()
        .forEach(
            (member, patience) -> {
              args.add(number(member));
              args.add(millis(patience));
            });
    return args;
  }

  private ScriptCall attach(LogRequest.Attach attach) {
    return new ScriptCall(
        ATTACH,
        all(attach.session()),
        List.of(
            number(attach.member()),
            text(attach.at().node().text()),
            millis(attach.enterBy()),
            life,
            text(attach.at().text()),
            attach.who() == null ? NOTHING : StoredWho.write(attach.who()),
            lookEvery,
            outbox,
            text(attach.session().text()),
            attach.session().bytes(),
            attach.replaces() == null ? NOTHING : attach.replaces().bytes()));
  }

  private ScriptCall note(LogRequest.Note note) {
    SessionId session = note.session();
    return new ScriptCall(
        SIGN,
        List.of(keys.state(session), keys.facts(session), keys.due(Bucket.of(session))),
        List.of(
            number(note.member()),
            number(note.attachment()),
            switch (note.sign()) {
              case HERE -> text("here");
              case AWAY -> text("away");
            },
            text(session.text()),
            lookEvery));
  }

  private ScriptCall receive(LogRequest.Receive receive) {
    SessionId session = receive.session();
    return new ScriptCall(
        RECEIVE,
        List.of(keys.state(session), keys.facts(session)),
        List.of(
            number(receive.member()),
            number(receive.attachment()),
            number(receive.upTo().delivered()),
            number(receive.upTo().read())));
  }

  private ScriptCall tick(LogRequest.Tick tick) {
    WatchRule rule = tick.rule();
    List<byte[]> args = new ArrayList<>(10 + tick.lives().size());
    args.add(text(tick.by().text()));
    args.add(millis(rule.lease()));
    args.add(millis(rule.pause()));
    args.add(millis(rule.calm()));
    args.add(lookEvery);
    args.add(millis(rule.lostAfter()));
    args.add(millis(rule.maxAge()));
    args.add(textAfterClose);
    args.add(number(rule.sessions()));
    args.add(millis(rule.silentAfter()));
    tick.lives().forEach(node -> args.add(text(node.text())));
    return new ScriptCall(
        TICK,
        List.of(keys.due(tick.bucket()), keys.tick(tick.bucket()), keys.outbox(tick.bucket())),
        args);
  }

  private ScriptCall append(LogRequest.Append append) {
    List<byte[]> args = new ArrayList<>(append.drafts().size() + 4);
    args.add(entriesKept);
    args.add(trimEvery);
    args.add(life);
    args.add(bytesKept);
    append.drafts().forEach(draft -> args.add(packed(draft)));
    return new ScriptCall(
        APPEND, List.of(keys.state(append.session()), keys.log(append.session())), args);
  }

  private ScriptCall deliver(LogRequest.Deliver deliver) {
    SessionId session = deliver.session();
    return new ScriptCall(
        DELIVER,
        List.of(keys.state(session), keys.log(session)),
        List.of(
            number(deliver.epoch()),
            life,
            number(DELIVERIES_KEPT),
            text(deliver.delivery()),
            packed(deliver.draft())));
  }

  private ScriptCall close(LogRequest.Close close) {
    SessionId session = close.session();
    Lost lost = close.ifStill();
    return new ScriptCall(
        CLOSE,
        all(session),
        List.of(
            number(close.closing().by()),
            number(close.closing().reason()),
            life,
            textAfterClose,
            outbox,
            text(session.text()),
            session.bytes(),
            number(lost == null ? 0 : lost.member()),
            number(lost == null ? 0 : lost.attachment())));
  }

  private ScriptCall read(LogRequest.Read read) {
    SessionId session = read.session();
    return new ScriptCall(
        READ,
        List.of(keys.state(session), keys.facts(session), keys.log(session)),
        List.of(number(read.from()), number(read.count()), number(read.bytes()), textAfterClose));
  }

  private List<byte[]> all(SessionId session) {
    Bucket bucket = Bucket.of(session);
    return List.of(
        keys.state(session),
        keys.facts(session),
        keys.log(session),
        keys.due(bucket),
        keys.outbox(bucket),
        keys.tick(bucket));
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

  private static byte[] millis(Duration duration) {
    return number(duration.toMillis());
  }

  private static byte[] text(String text) {
    return text.getBytes(US_ASCII);
  }

  private static byte[] number(long number) {
    return Long.toString(number).getBytes(US_ASCII);
  }

  private static LuaScript script(String file) {
    return LuaScript.resource(LogScripts.class, file);
  }
}
