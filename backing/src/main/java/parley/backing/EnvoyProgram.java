package parley.backing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where this machine's Envoy is: the file that `PARLEY_ENVOY` names (system property first, then
/// environment), else the one that the launcher fetched into its cache.
public final class EnvoyProgram {
  public static final String VERSION = "1.40.0";

  private EnvoyProgram() {}

  /// The binary, if it is there.
  public static Optional<Path> installed() {
    Path path = Cache.named("PARLEY_ENVOY").map(Path::of).orElseGet(EnvoyProgram::cached);
    return Files.isExecutable(path) ? Optional.of(path) : Optional.empty();
  }

  /// Where the launcher puts it: `$PARLEY_CACHE/envoy-1.40.0/envoy`, by default below
  /// `~/.cache/parley`.
  public static Path cached() {
    return Cache.folder().resolve("envoy-" + VERSION).resolve("envoy");
  }
}
