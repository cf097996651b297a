package parley.faults.matching;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.backing.ChildProcess;
import parley.backing.FreePort;
import parley.backing.NotStarted;
import parley.match.MatchMain;

/// A match node as a process that can be killed, paused and started again under the same name and
/// ports. Only processes that were started here are ever signalled.
final class MatchProcess implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(40);
  private static final Duration DRAINS_WITHIN = Duration.ofSeconds(20);

  private final String name;
  private final int serving;
  private final int mesh;
  private final Path folder;
  private final List<Path> inFront;
  private @Nullable ChildProcess process;
  private int starts;

  private MatchProcess(String name, int serving, int mesh, Path folder, List<Path> inFront) {
    this.name = name;
    this.serving = serving;
    this.mesh = mesh;
    this.folder = folder;
    this.inFront = List.copyOf(inFront);
  }

  /// Writes the node's configuration; starts nothing yet.
  ///
  /// @param inFront folders whose resources are taken before the project's own: how a test plants a
  ///   bug
  static MatchProcess prepare(
      String name, Map<String, String> settings, Path folder, List<Path> inFront) {
    MatchProcess process = new MatchProcess(name, FreePort.any(), FreePort.any(), folder, inFront);
    String own =
        "node.id: %s\nserving.address: \"127.0.0.1:%d\"\nmesh.address: \"127.0.0.1:%d\"\n"
            .formatted(name, process.serving, process.mesh);
    String yaml =
        settings.entrySet().stream()
            .map(entry -> entry.getKey() + ": \"" + entry.getValue() + "\"\n")
            .collect(Collectors.joining());
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("config.yaml"), own + yaml);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    return process;
  }

  int serving() {
    return serving;
  }

  int mesh() {
    return mesh;
  }

  /// Starts it and returns at once.
  void begin() {
    starts++;
    process = ChildProcess.start(ChildProcess.Start.of(command(), log()));
  }

  /// @throws NotStarted with its last lines
  void awaitReady() {
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (!said().contains("ready " + name)) {
      if (process == null || !process.running() || System.nanoTime() - deadline > 0) {
        throw new NotStarted(name + " did not start; what it said:\n" + said());
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /// SIGKILL.
  void kill() {
    if (process != null) {
      process.kill();
    }
  }

  /// SIGTERM: drains and ends.
  void terminate() {
    if (process != null) {
      process.stop(DRAINS_WITHIN);
    }
  }

  /// SIGSTOP.
  void pause() {
    signal("STOP");
  }

  /// SIGCONT.
  void goOn() {
    signal("CONT");
  }

  @Override
  public void close() {
    goOn();
    kill();
  }

  private void signal(String signal) {
    ChildProcess signalled = process;
    if (signalled == null || !signalled.running()) {
      return;
    }
    try {
      var _ =
          new ProcessBuilder("kill", "-" + signal, Long.toString(signalled.pid()))
              .start()
              .waitFor(5, TimeUnit.SECONDS);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> command() {
    String classpath =
        Stream.concat(
                inFront.stream().map(Path::toString),
                Stream.of(System.getProperty("java.class.path")))
            .collect(Collectors.joining(":"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classpath,
            MatchMain.class.getName(),
            "--config",
            folder.resolve("config.yaml").toString()));
    return command;
  }

  private Path log() {
    return folder.resolve("log-" + starts + ".txt");
  }

  private String said() {
    try {
      return Files.exists(log()) ? Files.readString(log()) : "";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
