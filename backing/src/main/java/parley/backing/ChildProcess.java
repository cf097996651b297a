package parley.backing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A child process that never outlives this JVM, not even one that is killed with SIGKILL.
///
/// Each child holds the read end of a pipe whose only write end is in this JVM; a small shell
/// beside the child waits on it and kills the child when the kernel closes the pipe, for whatever
/// reason that happens. (A parent-death signal is no substitute: Linux sends it when the _thread_
/// that started the child ends.) The process id is the child's own, and the child has its own
/// session, so that Ctrl-C reaches it only through whoever started it.
public final class ChildProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// $1 is a folder to remove when all is over, or empty; the rest is the command. The folder may
  /// take several attempts: children of the child may still write while they end.
  private static final String WATCHED =
      """
      scratch=$1
      shift
      exec 3<&0
      (
        read -r _ <&3
        kill -KILL $$ 2>/dev/null
        for pause in 0.05 0.2 1 5; do
          if [ -n "$scratch" ] && [ -e "$scratch" ]; then sleep $pause; rm -rf -- "$scratch"; fi
        done
      ) >/dev/null 2>&1 &
      exec "$@" 3<&- </dev/null
      """;

  private final Process process;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /// How to start a child: standard output and error are appended to `log`; `scratch`, where it is
  /// given, is a folder that is removed once this JVM or the child is gone.
  public record Start(
      List<String> command, Path log, Map<String, String> environment, @Nullable Path scratch) {
    public Start {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }

    public static Start of(List<String> command, Path log) {
      return new Start(command, log, Map.of(), null);
    }
  }

  /// Starts the child and returns at once.
  ///
  /// @throws UncheckedIOException if the shell or the log could not be opened; a command that does
  ///   not exist shows as a child that ends with code 127.
  public static ChildProcess start(Start start) {
    List<String> command = new ArrayList<>();
    Executables.find("setsid").ifPresent(setsid -> command.add(setsid.toString()));
    Path scratch = start.scratch();
    command.addAll(
        List.of("/bin/sh", "-c", WATCHED, "watched", scratch == null ? "" : scratch.toString()));
    command.addAll(start.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(start.log().toFile()));
    builder.environment().putAll(start.environment());
    try {
      return new ChildProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("could not start " + start.command().getFirst(), e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean running() {
    return process.isAlive();
  }

  /// Completes with the exit code once the child is gone.
  public CompletableFuture<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /// SIGKILL, and waits until the child is gone: what a fault test does to a node.
  public void kill() {
    process.destroyForcibly();
    awaitExit(PATIENCE);
  }

  /// SIGTERM, then SIGKILL if the child takes longer than `patience`; returns when it is gone.
  public void stop(Duration patience) {
    // By its handle: Process.destroy also closes the pipe, on which the shell beside it kills at
    // once.
    process.toHandle().destroy();
    if (!awaitExit(patience)) {
      kill();
    }
  }

  @Override
  public void close() {
    stop(PATIENCE);
  }

  private boolean awaitExit(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      return true;
    }
  }

  /// The last lines of a log, for the sentence that says why a child did not start.
  static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    } catch (IOException e) {
      return "(no log at " + log + ")";
    }
  }
}
