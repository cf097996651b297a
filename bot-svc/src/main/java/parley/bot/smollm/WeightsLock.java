package parley.bot.smollm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// What `weights.lock` says of the file inside the wheel; the launcher reads the same file.
///
/// @param entry its path inside the wheel
/// @param sha256 in lower-case hexadecimal digits
record WeightsLock(String entry, long bytes, String sha256) {
  private static final String FILE = "weights.lock";
  private static final int COLUMNS = 7;

  static WeightsLock load() {
    try (InputStream file = WeightsLock.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is not there");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", -1))
          .filter(columns -> columns.length == COLUMNS)
          .map(columns -> new WeightsLock(columns[4], Long.parseLong(columns[5]), columns[6]))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(FILE + " names no weights"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + FILE, unreadable);
    }
  }
}
