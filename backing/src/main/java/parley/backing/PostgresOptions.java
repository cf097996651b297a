package parley.backing;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How one PostgreSQL of this machine runs. Port 0 takes a free one. Without a folder it gets one
/// of its own that is removed with it, and does not wait for the disk; with a folder, what was
/// committed there is there again at the next start.
public record PostgresOptions(int port, @Nullable Path folder, Origin origin) {

  /// Which build serves.
  public enum Origin {
    /// The machine's own if there is one, else the embedded build.
    MACHINE_FIRST,
    /// The embedded build, whatever the machine has.
    EMBEDDED
  }

  /// A server for tests: any port, no file survives.
  public static PostgresOptions fleeting() {
    return new PostgresOptions(0, null, Origin.MACHINE_FIRST);
  }

  /// A server that keeps what it was told, in this folder.
  public static PostgresOptions kept(Path folder, int port) {
    return new PostgresOptions(port, folder, Origin.MACHINE_FIRST);
  }

  /// The same with another build.
  public PostgresOptions from(Origin wished) {
    return new PostgresOptions(port, folder, wished);
  }
}
