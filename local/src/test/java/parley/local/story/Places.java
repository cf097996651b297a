package parley.local.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import parley.local.LocalMachine;
import parley.platform.config.HostPort;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.RedisStore;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/// Where a machine has a word: every key of its Redis, every row of its PostgreSQL, every file that
/// its servers write lines to. Words are found whatever their case.
final class Places {
  private static final String ROWS =
      """
      SELECT relnamespace::regnamespace || '.' || relname FROM pg_class
      WHERE relkind IN ('r', 'p') AND NOT relispartition
        AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
      """;

  private final LocalMachine machine;
  private final Path state;

  Places(LocalMachine machine, Path state) {
    this.machine = machine;
    this.state = state;
  }

  /// `log:…`, `evidence:…`, … without what names the session.
  Set<String> inRedis(String word) {
    Set<String> found = new TreeSet<>();
    RedisConfig config = new RedisConfig(HostPort.parse(machine.redis().address()), "");
    try (RedisStore store = RedisStore.open(config)) {
      UnifiedJedis redis = store.commands();
      byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
      do {
        ScanResult<byte[]> page = redis.scan(cursor, new ScanParams().count(500));
        for (byte[] key : page.getResult()) {
          if (has(key, word) || values(redis, key).stream().anyMatch(value -> has(value, word))) {
            found.add(kind(key));
          }
        }
        cursor = page.getCursorAsBytes();
      } while (!new String(cursor, StandardCharsets.US_ASCII).equals("0"));
    }
    return found;
  }

  /// Tables, as `session.evidence`.
  Set<String> inPostgres(String word) {
    Set<String> found = new TreeSet<>();
    String hex = java.util.HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8));
    try (Connection database = machine.postgres().server().orElseThrow().connect("parley");
        Statement statement = database.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(ROWS)) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM %s t WHERE t::text ILIKE '%%%s%%' OR t::text LIKE '%%%s%%'"
                    .formatted(table, word, hex))) {
          rows.next();
          if (rows.getLong(1) > 0) {
            found.add(table);
          }
        }
      }
    } catch (SQLException broken) {
      throw new IllegalStateException(broken);
    }
    return found;
  }

  /// Files of lines in the state folder. What Redis and PostgreSQL keep is looked at through them.
  Set<String> inFiles(String word) {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(state)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(".log"))
          .filter(file -> has(read(file), word))
          .forEach(file -> found.add(state.relativize(file).toString()));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return found;
  }

  /// What stands between the tag in braces and the colon.
  private static String kind(byte[] key) {
    String name = new String(key, StandardCharsets.ISO_8859_1);
    String untagged = name.substring(name.indexOf('}') + 1);
    return untagged.contains(":") ? untagged.substring(0, untagged.indexOf(':')) : untagged;
  }

  static boolean has(String text, String word) {
    return text.toLowerCase(Locale.ROOT).contains(word);
  }

  private static boolean has(byte[] bytes, String word) {
    return has(new String(bytes, StandardCharsets.ISO_8859_1), word);
  }

  private static List<byte[]> values(UnifiedJedis redis, byte[] key) {
    byte[] first = "-".getBytes(StandardCharsets.US_ASCII);
    byte[] last = "+".getBytes(StandardCharsets.US_ASCII);
    List<byte[]> all = new ArrayList<>();
    switch (redis.type(key)) {
      case "string" -> all.add(redis.get(key));
      case "hash" -> collect(redis.hgetAll(key), all);
      case "set" -> all.addAll(redis.smembers(key));
      case "zset" -> all.addAll(redis.zrange(key, 0, -1));
      case "list" -> all.addAll(redis.lrange(key, 0, -1));
      case "stream" -> collect(redis.xrange(key, first, last), all);
      case "none" -> {} // Its time is over since it was listed.
      default -> throw new IllegalStateException("a key of a kind that nobody looked into");
    }
    return all;
  }

  private static void collect(Object reply, List<byte[]> all) {
    switch (reply) {
      case byte[] bytes -> all.add(bytes);
      case List<?> list -> list.forEach(one -> collect(one, all));
      case Map<?, ?> map ->
          map.forEach(
              (name, value) -> {
                collect(name, all);
                collect(value, all);
              });
      case null, default -> {
        // A number.
      }
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
