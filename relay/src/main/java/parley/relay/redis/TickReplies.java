package parley.relay.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.domain.SessionId;
import parley.relay.BucketReport;
import parley.relay.Finding;
import parley.relay.Lost;

/// Reads what `log_tick.lua` returns.
final class TickReplies {
  private TickReplies() {}

  static BucketReport report(List<?> reply) {
    return new BucketReport(
        Instant.ofEpochMilli((Long) reply.get(0)),
        ((Long) reply.get(5)).intValue(),
        (Long) reply.get(1),
        entry(reply.get(2)),
        entry(reply.get(3)),
        (Long) reply.get(4),
        ((List<?>) reply.get(6)).stream().map(found -> finding((byte[]) found)).toList());
  }

  private static @Nullable String entry(Object id) {
    String text = new String((byte[]) id, US_ASCII);
    return text.isEmpty() ? null : text;
  }

  private static Finding finding(byte[] found) {
    ByteBuffer in = ByteBuffer.wrap(found);
    char kind = (char) in.get();
    int member = Byte.toUnsignedInt(in.get());
    long attachment = Integer.toUnsignedLong(in.getInt());
    byte[] text = new byte[in.remaining()];
    in.get(text);
    SessionId session = new SessionId(new String(text, US_ASCII));
    return switch (kind) {
      case 'A' -> new Finding.WentAway(session, member, attachment);
      case 'N' -> new Finding.NoShow(session);
      case 'L' -> new Finding.NotBack(session, new Lost(member, attachment));
      case 'T' -> new Finding.TooOld(session);
      default -> throw new IllegalStateException("tick found '" + kind + "', expected one of ANLT");
    };
  }
}
