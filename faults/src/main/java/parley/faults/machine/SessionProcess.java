package parley.faults.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.backing.ChildProcess;
import parley.backing.NotStarted;
import parley.local.LocalMain;

/// A session node as a process that can be killed, paused and started again under the same name and
/// address. Only processes that were started here are ever signalled.
public final class SessionProcess implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(100);
  private static final Duration DRAINS_WITHIN = Duration.ofSeconds(20);

  private final String name;
  private final String address;
  private final Path folder;
  private final List<Path> inFront;
  private @Nullable ChildProcess process;
  private int starts;

  private SessionProcess(String name, String address, Path folder, List<Path> inFront) {
    this.name = name;
    this.address = address;
    this.folder = folder;
    this.inFront = List.copyOf(inFront);
  }

  /// Writes the node's configuration; starts nothing yet.
  ///
  /// It does not rehearse: it is started often, and nobody asks how fast it is.
  ///
  /// @param address where it serves, each time it is started
  /// @param folder for configuration and logs; made if need be
  /// @param inFront folders whose classes and resources are taken before the project's own: how a
  ///   test plants a bug
  public static SessionProcess prepare(
      String name, String address, Map<String, String> settings, Path folder, List<Path> inFront) {
    String yaml =
        settings.entrySet().stream()
            .filter(entry -> !entry.getKey().equals("serving.address"))
            .map(entry -> entry.getKey() + ": \"" + entry.getValue() + "\"\n")
            .collect(Collectors.joining());
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("config.yaml"),
          yaml + "rehearsal.within: 0s\nserving.address: \"" + address + "\"\n");
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    return new SessionProcess(name, address, folder, inFront);
  }

  public String name() {
    return name;
  }

  /// `host:port`.
  public String address() {
    return address;
  }

  /// Starts it and waits until it is ready.
  ///
  /// @throws NotStarted with its last lines
  public void start() {
    begin();
    awaitReady();
  }

  /// Starts it and returns at once.
  public void begin() {
    starts++;
    process = ChildProcess.start(ChildProcess.Start.of(command(), log()));
  }

  /// @throws NotStarted with its last lines
  public void awaitReady() {
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (!said().contains("ready " + name)) {
      if (!isRunning() || System.nanoTime() - deadline > 0) {
        throw new NotStarted(name + " did not start; what it said:\n" + said());
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  public boolean isRunning() {
    return process != null && process.running();
  }

  /// SIGKILL.
  public void kill() {
    if (process != null) {
      process.kill();
    }
  }

  /// SIGTERM: drains and ends.
  public void terminate() {
    if (process != null) {
      process.stop(DRAINS_WITHIN);
    }
  }

  /// SIGSTOP.
  public void pause() {
    signal("STOP");
  }

  /// SIGCONT.
  public void goOn() {
    signal("CONT");
  }

  @Override
  public void close() {
    goOn();
    kill();
  }

  private void signal(String which) {
    if (process == null || !process.running()) {
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + which, Long.toString(process.pid())).start().waitFor();
    } catch (IOException failed) {
      throw new UncheckedIOException("kill could not be run", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> command() {
    List<String> classPath = new ArrayList<>();
    inFront.forEach(path -> classPath.add(path.toString()));
    classPath.add(System.getProperty("java.class.path"));
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "-cp",
        String.join(System.getProperty("path.separator"), classPath),
        LocalMain.class.getName(),
        "service",
        "session",
        "--config",
        folder.resolve("config.yaml").toString());
  }

  /// One for each start, so that "ready" is this one's.
  private Path log() {
    return folder.resolve("log-" + starts);
  }

  private String said() {
    try {
      return Files.exists(log()) ? Files.readString(log()) : "";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
