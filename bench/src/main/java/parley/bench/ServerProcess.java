package parley.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server under measurement, in a JVM of its own with this one's class path, so that its CPU and
/// memory are its own.
record ServerProcess(Process process, String readyLine) implements AutoCloseable {
  private static final List<String> JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmn32m",
          "-XX:+UseCompactObjectHeaders",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /// Starts the class and waits for its line `ready …`.
  ///
  /// @throws IllegalStateException if it ends before
  static ServerProcess start(String main, String... arguments) {
    return start(List.of(), main, arguments);
  }

  /// As above, with more flags for its JVM.
  static ServerProcess start(List<String> flags, String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      return new ServerProcess(process, awaitReady(process, main));
    } catch (IOException notStarted) {
      throw new UncheckedIOException("cannot start " + main, notStarted);
    }
  }

  ProcessCpu cpu() {
    return new ProcessCpu(process.pid());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static String awaitReady(Process process, String main) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("ready ")) {
        return line;
      }
    }
    throw new IllegalStateException(main + " ended before it was ready");
  }
}
