package parley.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import parley.backing.FreePort;

/// `./parley up` as a process, with a state folder and a port of its own.
public final class UpProcess implements AutoCloseable {
  private final Process process;
  private final Path state;
  private final int port;

  private UpProcess(Process process, Path state, int port) {
    this.process = process;
    this.state = state;
    this.port = port;
  }

  /// Returns when it has said that it is ready.
  public static UpProcess start(Path state) {
    int port = FreePort.any();
    try {
      Process process =
          new ProcessBuilder(
                  NodeProcess.jvm(
                      LocalMain.class,
                      "up",
                      "--state",
                      state.toString(),
                      "--port",
                      Integer.toString(port)))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      UpProcess up = new UpProcess(process, state, port);
      up.awaitReady();
      return up;
    } catch (IOException noJvm) {
      throw new UncheckedIOException(noJvm);
    }
  }

  public String door() {
    return "127.0.0.1:" + port;
  }

  /// The lines of all services.
  public Path log() {
    return state.resolve("parley.log");
  }

  /// The door's own words and its access lines.
  public Path doorLog() {
    return state.resolve("envoy").resolve("envoy.log");
  }

  Process process() {
    return process;
  }

  /// The servers it has started.
  List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /// SIGKILL, which takes its servers with it.
  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void awaitReady() throws IOException {
    BufferedReader said = process.inputReader();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.endsWith("  ready")) {
        return;
      }
    }
    throw new AssertionError("it ended before it was ready");
  }
}
