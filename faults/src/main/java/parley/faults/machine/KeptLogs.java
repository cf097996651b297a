package parley.faults.machine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import parley.faults.history.Histories;
import parley.faults.history.History;
import parley.faults.history.Line;
import parley.faults.history.Place;
import parley.faults.history.RunClock;
import parley.faults.history.What;
import redis.clients.jedis.Jedis;

/// Reads logs where they are stored, without the services: what `docs/ARCHITECTURE.md` says of keys
/// and entries is read here a second time.
public final class KeptLogs {
  private static final int TEXT_FIELD = 0x0a;

  private KeptLogs() {}

  /// Writes each conversation's log into its file.
  ///
  /// @param port of the primary
  /// @param sessions ids by conversation
  public static void write(int port, Map<String, String> sessions, Path folder, RunClock clock) {
    try (Jedis redis = new Jedis("127.0.0.1", port)) {
      for (Map.Entry<String, String> one : sessions.entrySet()) {
        try (History history = History.open(Histories.ofKept(folder, one.getKey()), clock)) {
          write(redis, one.getValue(), history);
        }
      }
    }
  }

  private static void write(Jedis redis, String session, History history) {
    byte[] log = key(redis, "log:" + session);
    byte[] state = key(redis, "h:" + session);
    if (log.length == 0 || state.length == 0) {
      return;
    }
    int epoch = ByteBuffer.wrap(redis.get(state)).getInt(1);
    for (Object entry : redis.xrange(log, "-".getBytes(US_ASCII), "+".getBytes(US_ASCII))) {
      history.note(line(epoch, (List<?>) entry));
    }
  }

  private static Line line(int epoch, List<?> entry) {
    String id = new String((byte[]) entry.getFirst(), US_ASCII);
    long offset = Long.parseLong(id.substring(0, id.indexOf('-')));
    int check = Integer.parseInt(id.substring(id.indexOf('-') + 1));
    ByteBuffer value = ByteBuffer.wrap((byte[]) ((List<?>) entry.get(1)).get(1));
    int member = Byte.toUnsignedInt(value.get());
    long attachment = Integer.toUnsignedLong(value.getInt());
    long sequence = Integer.toUnsignedLong(value.getInt());
    value.getInt(); // the check once more
    value.getLong(); // when
    return Line.of(What.KEPT)
        .place(new Place(epoch, offset, check))
        .member(member)
        .attachment(attachment)
        .sequence(sequence)
        .text(text(value));
  }

  /// The one field of a stored body that has words.
  private static String text(ByteBuffer body) {
    if (Byte.toUnsignedInt(body.get()) != TEXT_FIELD) {
      return "(no text)";
    }
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      int part = Byte.toUnsignedInt(body.get());
      length |= (part & 0x7f) << shift;
      if (part < 0x80) {
        break;
      }
    }
    byte[] words = new byte[length];
    body.get(words);
    return new String(words, UTF_8);
  }

  private static byte[] key(Jedis redis, String ending) {
    return redis.keys("*}" + ending).stream()
        .findFirst()
        .map(name -> name.getBytes(UTF_8))
        .orElse(new byte[0]);
  }
}
