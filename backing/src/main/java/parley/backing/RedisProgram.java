package parley.backing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;

/// Where this machine's Redis comes from: its own `redis-server` or `valkey-server`, else the
/// embedded build (6.2, alone: it has no `redis-cli`, so no cluster).
public final class RedisProgram {
  private static final Pattern VERSION = Pattern.compile("v=(\\d{1,3})\\.(\\d{1,3})\\.");

  private RedisProgram() {}

  /// The machine's own server, if there is one on the PATH that is not older than 6.2, the first
  /// whose streams can be trimmed by id.
  public static Optional<Path> installed() {
    return Executables.find("redis-server")
        .filter(RedisProgram::isNewEnough)
        .or(() -> Executables.find("valkey-server"));
  }

  /// Whether this server says so of itself: `Redis server v=7.0.15 sha=…`.
  static boolean isNewEnough(Path server) {
    Matcher version = VERSION.matcher(firstLine(server));
    if (!version.find()) {
      return false;
    }
    int major = Integer.parseInt(version.group(1));
    return major > 6 || (major == 6 && Integer.parseInt(version.group(2)) >= 2);
  }

  /// The machine's own client, which forms clusters.
  public static Optional<Path> client() {
    return Executables.find("redis-cli").or(() -> Executables.find("valkey-cli"));
  }

  /// Valkey's server: where the environment says by `PARLEY_VALKEY`, else on the PATH.
  public static Optional<Path> valkey() {
    return Optional.ofNullable(System.getenv("PARLEY_VALKEY"))
        .filter(path -> !path.isBlank())
        .map(Path::of)
        .or(() -> Executables.find("valkey-server"));
  }

  /// @throws NotStarted if it is Valkey and this machine has none
  static Path server(RedisOptions.Program program) {
    return switch (program) {
      case REDIS -> installed().orElseGet(Embedded::unpacked);
      case VALKEY ->
          valkey()
              .orElseThrow(
                  () -> new NotStarted("no Valkey: set PARLEY_VALKEY to a valkey-server 8"));
    };
  }

  private static String firstLine(Path server) {
    try {
      Process asked =
          new ProcessBuilder(server.toString(), "--version").redirectErrorStream(true).start();
      asked.getOutputStream().close();
      try (BufferedReader said = asked.inputReader()) {
        return String.valueOf(said.readLine());
      }
    } catch (IOException notRun) {
      return "";
    }
  }

  /// Unpacked once per JVM, on first use.
  private static final class Embedded {
    private static final Path PROGRAM = unpack();

    static Path unpacked() {
      return PROGRAM;
    }

    private static Path unpack() {
      try {
        return ExecutableProvider.newJarResourceProvider().get().toPath();
      } catch (IOException e) {
        throw new UncheckedIOException("the embedded Redis could not be unpacked", e);
      }
    }
  }
}
