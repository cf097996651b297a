package parley.backing;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How one Envoy of this machine runs.
///
/// @param bootstrap its configuration file; its admin port may be 0
/// @param folder for its log, `envoy.log`; without one it gets a folder of its own that is removed
///   with it
/// @param workers threads that serve clients
/// @param drain how long streams live on after their listener was changed or drained
public record EnvoyOptions(Path bootstrap, @Nullable Path folder, int workers, Duration drain) {

  /// Two workers, a log that nobody keeps.
  public static EnvoyOptions fleeting(Path bootstrap) {
    return new EnvoyOptions(bootstrap, null, 2, Duration.ofMinutes(10));
  }

  /// Two workers, a log in this folder.
  public static EnvoyOptions kept(Path bootstrap, Path folder) {
    return new EnvoyOptions(bootstrap, folder, 2, Duration.ofMinutes(10));
  }
}
