package parley.bot.smollm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The numbers of the small model, as a file that the native code can map. They come inside a
/// Python wheel, which is read as the zip it is: once, into the same folder, all or nothing.
public final class Weights {
  private static final String WHEEL = ".whl";

  private Weights() {}

  /// What was found of them.
  public sealed interface Found {
    /// @param file in GGUF
    record Ready(Path file) implements Found {}

    record Absent(Path named) implements Found {}

    /// They are there and cannot be used: damaged, or not to be unpacked beside the wheel.
    ///
    /// @param why for a person
    record Damaged(Path named, String why) implements Found {}
  }

  /// Finds them, and unpacks them if that was not done before (some seconds, 98 MB of disk). Two
  /// processes may do so at once.
  ///
  /// @param named a wheel, whose content must be what `weights.lock` says; or a GGUF file of the
  ///   operator's own, whose model must know ChatML, and which is taken as it is
  public static Found find(Path named) {
    return find(named, WeightsLock.load());
  }

  static Found find(Path named, WeightsLock lock) {
    if (!Files.isReadable(named)) {
      return new Found.Absent(named);
    }
    if (!named.toString().endsWith(WHEEL)) {
      return new Found.Ready(named);
    }
    Path name = Path.of(lock.entry()).getFileName();
    Path unpacked = named.toAbsolutePath().resolveSibling(name);
    try {
      if (Files.isReadable(unpacked) && Files.size(unpacked) == lock.bytes()) {
        return new Found.Ready(unpacked);
      }
      return unpack(named, unpacked, lock);
    } catch (IOException broken) {
      return new Found.Damaged(named, String.valueOf(broken));
    }
  }

  private static Found unpack(Path wheel, Path into, WeightsLock lock) throws IOException {
    Path part = Files.createTempFile(into.getParent(), "weights", ".part");
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      ZipEntry entry = zip.getEntry(lock.entry());
      if (entry == null) {
        return new Found.Damaged(wheel, "it holds no " + lock.entry());
      }
      MessageDigest digest = sha256();
      try (InputStream content = new DigestInputStream(zip.getInputStream(entry), digest)) {
        var _ = Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
      }
      String got = HexFormat.of().formatHex(digest.digest());
      if (!got.equals(lock.sha256())) {
        return new Found.Damaged(
            wheel, "its weights have SHA-256 " + got + ", expected " + lock.sha256());
      }
      var _ = Files.move(part, into, StandardCopyOption.ATOMIC_MOVE);
      return new Found.Ready(into);
    } finally {
      var _ = Files.deleteIfExists(part);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
