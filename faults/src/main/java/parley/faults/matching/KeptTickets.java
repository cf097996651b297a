package parley.faults.matching;

import java.nio.charset.StandardCharsets;
import java.util.List;
import parley.faults.matching.check.Line;
import parley.faults.matching.check.What;
import redis.clients.jedis.Jedis;

/// Reads tickets and queues where they are stored, all at one moment and without the service: what
/// `docs/ARCHITECTURE.md` says of keys is read here a second time.
final class KeptTickets {
  private static final int ID_FROM = 47;
  private static final int ID_TO = 69;

  /// Returns queues and who stands in them, then tickets and the beginnings of their records: a
  /// name and a value, again and again.
  private static final String READ =
      """
      local entries, tickets = {}, {}
      for _, queue in ipairs(redis.call('KEYS', '{m18[}]q:*')) do
        for _, who in ipairs(redis.call('ZRANGE', queue, 0, -1)) do
          entries[#entries + 1], entries[#entries + 2] = queue, who
        end
      end
      for _, ticket in ipairs(redis.call('KEYS', '{m18[}]t:*')) do
        tickets[#tickets + 1] = ticket
        tickets[#tickets + 1] = redis.call('GETRANGE', ticket, 0, 68)
      end
      return {entries, tickets}
      """;

  private KeptTickets() {}

  /// Notes them.
  ///
  /// @param port of the primary
  static void note(int port, Chronicle chronicle) {
    List<?> read;
    try (Jedis redis = new Jedis("127.0.0.1", port)) {
      read = (List<?>) redis.eval(READ.getBytes(StandardCharsets.US_ASCII));
    }
    List<?> entries = (List<?>) read.getFirst();
    for (int i = 0; i < entries.size(); i += 2) {
      chronicle.note(
          Line.of(What.KEPT_ENTRY)
              .with("participant", text(entries.get(i + 1)))
              .with("queue", text(entries.get(i))));
    }
    List<?> tickets = (List<?>) read.getLast();
    for (int i = 0; i < tickets.size(); i += 2) {
      String key = text(tickets.get(i));
      String header = text(tickets.get(i + 1));
      chronicle.note(
          Line.of(What.KEPT_TICKET)
              .with("participant", key.substring(key.indexOf("t:") + 2))
              .with("id", header.substring(ID_FROM, ID_TO))
              .with("state", header.substring(0, 1)));
    }
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.US_ASCII);
  }
}
