package parley.backing;

import java.nio.file.Path;
import java.util.Optional;

/// Where programs are kept that were fetched or unpacked once: `$PARLEY_CACHE`, by default
/// `~/.cache/parley`.
final class Cache {
  private Cache() {}

  static Path folder() {
    return named("PARLEY_CACHE")
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "parley"));
  }

  /// What a name says: the system property first, then the environment.
  static Optional<String> named(String name) {
    return Optional.ofNullable(System.getProperty(name))
        .or(() -> Optional.ofNullable(System.getenv(name)))
        .filter(value -> !value.isBlank());
  }
}
