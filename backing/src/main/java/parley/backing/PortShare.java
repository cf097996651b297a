package parley.backing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// This JVM's part of all ports that [FreePort] gives: the tests of several modules run at once,
/// and a server that is down for a moment must find its port as it left it.
///
/// A share belongs to whoever holds the lock on its file below the system's folder for temporary
/// files, one folder a user; the lock goes with the JVM, however that ends. When all are taken, or
/// the folder cannot be written, the first is used beside its owner.
final class PortShare {
  static final int SHARES = 12;

  private final int number;

  /// Held for as long as the JVM lives.
  @SuppressWarnings("unused")
  private final @Nullable FileChannel held;

  private PortShare(int number, @Nullable FileChannel held) {
    this.number = number;
    this.held = held;
  }

  /// @return from 0 to [#SHARES] - 1
  int number() {
    return number;
  }

  static PortShare claim() {
    return claim(
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "parley-ports-" + System.getProperty("user.name")));
  }

  static PortShare claim(Path folder) {
    try {
      Files.createDirectories(folder);
      for (int number = 0; number < SHARES; number++) {
        FileChannel channel = locked(folder.resolve("share-" + number));
        if (channel != null) {
          return new PortShare(number, channel);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      System.getLogger(PortShare.class.getName())
          .log(System.Logger.Level.DEBUG, "no share of the ports could be claimed", e);
    }
    return new PortShare(0, null);
  }

  /// An open file that this JVM has locked, or null if somebody else has.
  private static @Nullable FileChannel locked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean ours = false;
    try {
      ours = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Claimed by this JVM before.
    } finally {
      if (!ours) {
        channel.close();
      }
    }
    return ours ? channel : null;
  }
}
