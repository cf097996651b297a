package parley.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import parley.backing.ChildProcess;
import parley.backing.FreePort;
import parley.platform.config.HostPort;
import parley.platform.discovery.ServiceName;
import parley.testing.Eventually;

/// One node of a service as a process of its own beside a [LocalMachine], for stories that kill.
public final class NodeProcess implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);

  private final ChildProcess process;
  private final HostPort serving;
  private final Path log;

  private NodeProcess(ChildProcess process, HostPort serving, Path log) {
    this.process = process;
    this.serving = serving;
    this.log = log;
  }

  /// Starts the node with `./parley service`'s own main, and waits until the machine's door sends
  /// calls to it, if it is one that the door routes to.
  public static NodeProcess start(LocalMachine machine, ServiceName service, String node) {
    return start(machine, service, node, List.of());
  }

  /// As above, in a JVM with these flags.
  public static NodeProcess start(
      LocalMachine machine, ServiceName service, String node, List<String> flags) {
    HostPort serving = new HostPort("127.0.0.1", FreePort.any());
    Map<String, String> settings = machine.settings().of(service, node);
    boolean routed = ServiceName.ROUTED.contains(service);
    settings.put(routed ? "serving.address" : "mesh.address", serving.toString());
    if (service == ServiceName.SESSION) {
      settings.put("rehearsal.within", "0s"); // no story asks how fast it is
    }
    Path config = write(settings);
    Path log = config.resolveSibling("log");
    ChildProcess process =
        ChildProcess.start(
            new ChildProcess.Start(
                jvm(
                    flags,
                    LocalMain.class,
                    "service",
                    service.text(),
                    "--config",
                    config.toString()),
                log,
                Map.of(),
                config.getParent()));
    NodeProcess started = new NodeProcess(process, serving, log);
    Eventually.holds(
        node + " is ready",
        READY_WITHIN,
        () -> started.log().contains("ready " + node) || !process.running());
    if (routed) {
      machine.awaitKnown(serving);
    }
    return started;
  }

  /// A JVM that runs this class with the class path of this one.
  static List<String> jvm(Class<?> main, String... arguments) {
    return jvm(List.of(), main, arguments);
  }

  private static List<String> jvm(List<String> flags, Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  public HostPort serving() {
    return serving;
  }

  public long pid() {
    return process.pid();
  }

  /// SIGKILL.
  public void kill() {
    process.kill();
  }

  /// SIGTERM; returns when the node has drained and ended.
  public void terminate(Duration patience) {
    process.stop(patience);
  }

  /// All it has said so far.
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.kill();
  }

  private static Path write(Map<String, String> settings) {
    String yaml =
        settings.entrySet().stream()
            .map(entry -> entry.getKey() + ": \"" + entry.getValue() + "\"\n")
            .collect(Collectors.joining());
    try {
      return Files.writeString(
          Files.createTempDirectory("parley-node-").resolve("config.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
