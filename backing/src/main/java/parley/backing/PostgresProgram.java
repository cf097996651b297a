package parley.backing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One PostgreSQL build: the folder of its programs, and its major version.
///
/// The machine's own are looked for on the PATH and where packages lay them: Debian under
/// `/usr/lib/postgresql`, Red Hat under `/usr/pgsql-*`, Homebrew under its `opt`. None of these is
/// on the PATH.
public record PostgresProgram(Path folder, int major) {
  /// The oldest version that Parley's schema is written for.
  public static final int OLDEST = 15;

  private static final Pattern VERSION = Pattern.compile("PostgreSQL\\) (\\d+)");
  private static final List<String> HOMES =
      List.of("/usr/lib/postgresql", "/usr", "/opt/homebrew/opt", "/usr/local/opt");

  /// The machine's own builds that are new enough, newest first.
  public static List<PostgresProgram> installed() {
    Stream<Path> onPath = Executables.find("postgres").map(Path::getParent).stream();
    return Stream.concat(onPath, HOMES.stream().map(Path::of).flatMap(PostgresProgram::below))
        .flatMap(folder -> in(folder).stream())
        .filter(program -> program.major >= OLDEST)
        .sorted(Comparator.comparingInt(PostgresProgram::major).reversed())
        .distinct()
        .toList();
  }

  /// What serves: for data that is there already the build of its version, else the newest of the
  /// machine, else the embedded one.
  ///
  /// @param madeBy the major version that wrote the data, if there is any
  /// @throws NotStarted if nothing here reads that data
  static PostgresProgram choose(PostgresOptions.Origin origin, Optional<Integer> madeBy) {
    Stream<PostgresProgram> own =
        origin == PostgresOptions.Origin.EMBEDDED ? Stream.empty() : installed().stream();
    Optional<PostgresProgram> fitting =
        own.filter(program -> madeBy.isEmpty() || madeBy.get() == program.major).findFirst();
    if (fitting.isPresent()) {
      return fitting.get();
    }
    PostgresProgram embedded = EmbeddedPostgres.unpacked();
    if (madeBy.isPresent() && madeBy.get() != embedded.major) {
      throw new NotStarted(
          "the data is of PostgreSQL %d, which is not on this machine (embedded is %d): install it, or give Parley another state folder"
              .formatted(madeBy.get(), embedded.major));
    }
    return embedded;
  }

  /// The build in this folder, if its server can be run and says its version.
  static Optional<PostgresProgram> in(Path folder) {
    Path server = folder.resolve("postgres");
    if (!Files.isExecutable(server) || !Files.isExecutable(folder.resolve("initdb"))) {
      return Optional.empty();
    }
    Matcher version = VERSION.matcher(versionOf(server));
    return version.find()
        ? Optional.of(new PostgresProgram(folder, Integer.parseInt(version.group(1))))
        : Optional.empty();
  }

  /// The full path of one of its programs.
  String program(String name) {
    return folder.resolve(name).toString();
  }

  private static Stream<Path> below(Path home) {
    if (!Files.isDirectory(home)) {
      return Stream.empty();
    }
    try (Stream<Path> children = Files.list(home)) {
      return children
          .filter(
              child -> child.getFileName().toString().matches("\\d+|pgsql-\\d+|postgresql@\\d+"))
          .map(child -> child.resolve("bin"))
          .toList()
          .stream();
    } catch (IOException unreadable) {
      return Stream.empty();
    }
  }

  private static String versionOf(Path server) {
    try {
      Process process = new ProcessBuilder(server.toString(), "--version").start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      return process.waitFor(5, TimeUnit.SECONDS) ? said : "";
    } catch (IOException e) {
      throw new UncheckedIOException(server + " could not be asked for its version", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
