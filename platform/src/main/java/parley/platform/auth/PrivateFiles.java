package parley.platform.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// Writes files of keys and secrets: whole or not at all, and never readable by others for a
/// moment.
final class PrivateFiles {
  private static final String OWNER_ONLY = "rw-------";
  private static final String READABLE = "rw-r--r--";

  private PrivateFiles() {}

  /// Replaces the file by one that its owner alone may read.
  static void write(Path file, byte[] content) {
    replace(file, content, OWNER_ONLY);
  }

  /// Replaces the file by one that everybody may read.
  static void publish(Path file, byte[] content) {
    replace(file, content, READABLE);
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("'" + file + "' cannot be read", unreadable);
    }
  }

  /// Refuses to go on before a file has been there for a while.
  ///
  /// @throws IllegalStateException saying how long to wait
  static void requireAge(Path file, Duration age, Instant now) {
    try {
      Instant due = Files.getLastModifiedTime(file).toInstant().plus(age);
      if (now.isBefore(due)) {
        throw new IllegalStateException(
            "'"
                + file
                + "' is too new to rotate: wait until "
                + due
                + ", so that everybody knows it "
                + "and nothing sealed before is lost");
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("'" + file + "' cannot be read", unreadable);
    }
  }

  private static void replace(Path file, byte[] content, String permissions) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      try (SeekableByteChannel channel =
          Files.newByteChannel(
              fresh,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)))) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new UncheckedIOException("'" + file + "' cannot be written", failed);
    }
  }
}
