package parley.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import parley.platform.auth.AccessKeyFiles;
import parley.platform.auth.SealFiles;

/// The keys and secrets of one machine: made on first use, kept in its state folder, readable by
/// its owner alone.
///
/// @param keys the folder of the keys that sign access tokens
/// @param seals the file of the secrets that services share
record Secrets(Path keys, Path seals) {
  static Secrets in(Path state) {
    Path folder = state.resolve("secrets");
    Secrets secrets = new Secrets(folder.resolve("keys"), folder.resolve("seals.yaml"));
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for secrets could be made at " + folder, e);
    }
    if (Files.notExists(secrets.jwks())) {
      AccessKeyFiles.create(secrets.keys());
    }
    if (Files.notExists(secrets.seals())) {
      SealFiles.create(secrets.seals());
    }
    return secrets;
  }

  /// The public half of the keys, for everybody who checks a token.
  Path jwks() {
    return AccessKeyFiles.jwks(keys);
  }
}
