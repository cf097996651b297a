package parley.platform.auth;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Makes and rotates the secrets file that [Seals] reads. The file is readable by its owner alone
/// (0600).
public final class SealFiles {
  /// How far apart rotations must be: the longest life of anything sealed (a refresh token that
  /// idles), so that the secret that goes has nothing left to open.
  public static final Duration APART = Duration.ofHours(24);

  private SealFiles() {}

  /// Writes a new file with a current and a next secret.
  ///
  /// @throws IllegalStateException if the file is there already
  public static void create(Path file) {
    if (Files.exists(file)) {
      throw new IllegalStateException("'" + file + "' is there already, expected a new file");
    }
    Map<String, Object> secrets = new LinkedHashMap<>();
    secrets.put(SealSecrets.CURRENT, fresh());
    secrets.put(SealSecrets.NEXT, fresh());
    write(file, secrets);
  }

  /// The next secret becomes current, the current one previous, and a new next one is made.
  ///
  /// @throws IllegalStateException if the file is younger than [#APART]
  public static void rotate(Path file) {
    rotate(file, InstantSource.system());
  }

  static void rotate(Path file, InstantSource clock) {
    PrivateFiles.requireAge(file, APART, clock.instant());
    byte[] yaml = PrivateFiles.read(file);
    SealSecrets.parse(yaml);
    Object document =
        new Load(LoadSettings.builder().build())
            .loadFromString(new String(yaml, StandardCharsets.UTF_8));
    Map<?, ?> before = (Map<?, ?>) document;
    Object next = before.get(SealSecrets.NEXT);
    Map<String, Object> secrets = new LinkedHashMap<>();
    secrets.put(SealSecrets.CURRENT, next == null ? fresh() : next);
    secrets.put(SealSecrets.NEXT, fresh());
    secrets.put(SealSecrets.PREVIOUS, before.get(SealSecrets.CURRENT));
    write(file, secrets);
  }

  private static Map<String, String> fresh() {
    SecureRandom random = new SecureRandom();
    byte[] id = new byte[6];
    byte[] secret = new byte[SealSecret.MIN_BYTES];
    random.nextBytes(id);
    random.nextBytes(secret);
    return Map.of(
        "id", java.util.HexFormat.of().formatHex(id),
        "secret", Base64.getEncoder().encodeToString(secret));
  }

  private static void write(Path file, Map<String, Object> secrets) {
    String yaml = new Dump(DumpSettings.builder().build()).dumpToString(secrets);
    PrivateFiles.write(file, yaml.getBytes(StandardCharsets.UTF_8));
  }
}
