package parley.faults.matching;

import java.nio.charset.StandardCharsets;
import java.util.List;
import parley.faults.matching.check.Line;
import parley.faults.matching.check.What;
import redis.clients.jedis.Jedis;

/// Reads tickets and queues where they are stored, without the service: what `docs/ARCHITECTURE.md`
/// says of keys is read here a second time.
final class KeptTickets {
  private static final int ID_FROM = 47;
  private static final int ID_TO = 69;

  private KeptTickets() {}

  /// Notes them.
  ///
  /// @param port of the primary
  static void note(int port, Chronicle chronicle) {
    try (Jedis redis = new Jedis("127.0.0.1", port)) {
      for (String key : redis.keys("{m18[}]q:*")) {
        for (String who : redis.zrange(key, 0, -1)) {
          chronicle.note(Line.of(What.KEPT_ENTRY).with("participant", who).with("queue", key));
        }
      }
      for (String key : List.copyOf(redis.keys("{m18[}]t:*"))) {
        byte[] record = redis.get(key.getBytes(StandardCharsets.UTF_8));
        if (record != null) {
          String header = new String(record, 0, ID_TO, StandardCharsets.US_ASCII);
          chronicle.note(
              Line.of(What.KEPT_TICKET)
                  .with("participant", key.substring(key.indexOf("t:") + 2))
                  .with("id", header.substring(ID_FROM))
                  .with("state", header.substring(0, 1)));
        }
      }
    }
  }
}
