package parley.platform.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Makes and rotates the keys that sign access tokens: `current.jwk` and `next.jwk` (private, 0600)
/// and `jwks.json` (public: both, and the one that signed before). A key is in `jwks.json` from the
/// rotation before the one that lets it sign, so every verifier knows it by then.
public final class AccessKeyFiles {
  /// How far apart rotations must be: longer than any access token lives, and than any verifier
  /// takes to read the set.
  public static final Duration APART = Duration.ofHours(1);

  private AccessKeyFiles() {}

  /// The public set of a directory: what `auth.jwks` names.
  public static Path jwks(Path directory) {
    return directory.resolve("jwks.json");
  }

  /// Makes both keys and the public set; makes the directory if it is not there.
  ///
  /// @throws IllegalStateException if the directory has keys already
  public static void create(Path directory) {
    if (Files.exists(current(directory)) || Files.exists(jwks(directory))) {
      throw new IllegalStateException("'" + directory + "' has keys already, expected none");
    }
    try {
      Files.createDirectories(directory);
    } catch (IOException failed) {
      throw new UncheckedIOException("'" + directory + "' cannot be made", failed);
    }
    ECKey current = fresh();
    ECKey next = fresh();
    publish(directory, List.of(current, next));
    keep(next(directory), next);
    keep(current(directory), current);
  }

  /// The next key signs from now on, the one that signed stays public, and a new next key is
  /// published. Killed half-way, it may be called again: what signs is in the public set at every
  /// moment.
  ///
  /// @throws IllegalStateException if the last rotation was less than [#APART] ago
  public static void rotate(Path directory) {
    rotate(directory, InstantSource.system());
  }

  static void rotate(Path directory, InstantSource clock) {
    PrivateFiles.requireAge(next(directory), APART, clock.instant());
    ECKey previous = read(current(directory));
    ECKey current = read(next(directory));
    ECKey next = fresh();
    publish(directory, List.of(previous, current, next));
    keep(next(directory), next);
    keep(current(directory), current);
  }

  static Path current(Path directory) {
    return directory.resolve("current.jwk");
  }

  private static Path next(Path directory) {
    return directory.resolve("next.jwk");
  }

  private static ECKey fresh() {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException notOfThisJdk) {
      throw new IllegalStateException("cannot make P-256 keys", notOfThisJdk);
    }
  }

  private static ECKey read(Path file) {
    try {
      return ECKey.parse(new String(PrivateFiles.read(file), StandardCharsets.UTF_8));
    } catch (ParseException quotesTheKey) {
      throw new IllegalStateException("'" + file + "' is not a P-256 key as JWK");
    }
  }

  private static void keep(Path file, ECKey key) {
    PrivateFiles.write(file, key.toJSONString().getBytes(StandardCharsets.UTF_8));
  }

  private static void publish(Path directory, List<ECKey> keys) {
    List<JWK> publicKeys =
        keys.stream().distinct().map(ECKey::toPublicJWK).map(JWK.class::cast).toList();
    PrivateFiles.publish(
        jwks(directory), new JWKSet(publicKeys).toString(true).getBytes(StandardCharsets.UTF_8));
  }
}
