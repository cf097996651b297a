package parley.platform.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a small local file says, read again when the file changes.
///
/// At most once a second the caller that asks looks at the file's attributes (about 2 µs); the
/// others never wait. A change that cannot be read or parsed is logged and the last good value
/// stays: a broken rotation stops nobody. Thread-safe.
public final class ReloadedFile<T> {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadedFile.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Path file;
  private final Function<byte[], T> parse;
  private final long betweenLooksNanos;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile T value;
  private volatile long lookedNanos;
  private Stamp stamp;

  private ReloadedFile(
      Path file, Function<byte[], T> parse, Duration betweenLooks, Stamp stamp, T value) {
    this.file = file;
    this.parse = parse;
    this.betweenLooksNanos = betweenLooks.toNanos();
    this.stamp = stamp;
    this.value = value;
    this.lookedNanos = System.nanoTime();
  }

  /// Reads the file. `parse` throws `IllegalArgumentException` with what is wrong; it must not
  /// quote secrets.
  ///
  /// @throws ConfigFaults if the file cannot be read or parsed
  public static <T> ReloadedFile<T> open(Path file, Function<byte[], T> parse) {
    return open(file, parse, BETWEEN_LOOKS);
  }

  static <T> ReloadedFile<T> open(Path file, Function<byte[], T> parse, Duration betweenLooks) {
    try {
      Stamp stamp = Stamp.of(file);
      return new ReloadedFile<>(
          file, parse, betweenLooks, stamp, parse.apply(Files.readAllBytes(file)));
    } catch (IOException unreadable) {
      throw new ConfigFaults(List.of("'" + file + "' cannot be read: " + unreadable));
    } catch (IllegalArgumentException wrong) {
      throw new ConfigFaults(List.of("'" + file + "': " + wrong.getMessage()));
    }
  }

  /// The newest good value, at most a second behind the file.
  public T value() {
    if (System.nanoTime() - lookedNanos > betweenLooksNanos && looking.tryLock()) {
      try {
        look();
      } finally {
        lookedNanos = System.nanoTime();
        looking.unlock();
      }
    }
    return value;
  }

  /// Called with the lock held. Says what is wrong once for each change.
  private void look() {
    Stamp now = Stamp.of(file);
    if (!now.equals(stamp)) {
      stamp = now;
      reload();
    }
  }

  private void reload() {
    try {
      value = parse.apply(Files.readAllBytes(file));
      LOG.atInfo().addKeyValue("file", file).log("file changed and was read again");
    } catch (IOException | IllegalArgumentException wrong) {
      LOG.atError()
          .addKeyValue("file", file)
          .log("file changed for the worse, the last good value stays: {}", wrong.toString());
    }
  }

  /// Changes when the file is written or another is moved in its place.
  private record Stamp(FileTime modified, long size, @Nullable Object inode) {
    private static final Stamp GONE = new Stamp(FileTime.fromMillis(0), 0, null);

    static Stamp of(Path file) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
      } catch (IOException unreadable) {
        return GONE;
      }
    }
  }
}
