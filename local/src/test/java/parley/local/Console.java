package parley.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import parley.testing.Eventually;

/// A terminal window: a command in it, and a person who reads and types. Made by `script`, which
/// every Linux has.
final class Console implements AutoCloseable {
  /// Control sequences, which colour and move.
  private static final String CONTROL = "\u001b(\\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>78])|\r";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final OutputStream keyboard;
  private final Queue<String> screen = new ConcurrentLinkedQueue<>();
  private final Thread eye;

  private Console(Process process) {
    this.process = process;
    this.keyboard = process.getOutputStream();
    this.eye = Thread.ofVirtual().name("console").start(this::look);
  }

  /// Runs the command as it stands, by a shell; Ctrl-C means what it means in a window, also where
  /// the tests run beside something else and ignore it.
  static Console run(String command, Path folder, Map<String, String> environment) {
    ProcessBuilder script =
        new ProcessBuilder(
                List.of(
                    "env",
                    "--default-signal=INT",
                    "script",
                    "--quiet",
                    "--return",
                    "--command",
                    command,
                    "/dev/null"))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    script.environment().putAll(environment);
    try {
      return new Console(script.start());
    } catch (IOException notRun) {
      throw new UncheckedIOException(notRun);
    }
  }

  /// Returns when this stands on the screen.
  Console awaits(String words) {
    Eventually.holds("'" + words + "' on the screen", PATIENCE, () -> shown().contains(words));
    return this;
  }

  Console types(String line) {
    return presses(line + "\n");
  }

  Console pressesCtrlC() {
    return presses("\u0003");
  }

  /// The exit code, when the command has ended.
  int end() {
    try {
      int code = process.waitFor();
      eye.join();
      return code;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /// Everything that was ever shown.
  String shown() {
    return String.join("", screen).replaceAll(CONTROL, "");
  }

  /// Closes the window.
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private Console presses(String keys) {
    try {
      keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
      keyboard.flush();
      return this;
    } catch (IOException closed) {
      throw new UncheckedIOException("the window is closed; it shows: " + shown(), closed);
    }
  }

  private void look() {
    char[] some = new char[4_096];
    try (Reader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (int read = output.read(some); read >= 0; read = output.read(some)) {
        screen.add(new String(some, 0, read));
      }
    } catch (IOException closed) {
      screen.add("\n(closed)");
    }
  }
}
