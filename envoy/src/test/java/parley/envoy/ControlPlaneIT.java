package parley.envoy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.backing.ChildProcess;
import parley.backing.EnvoyServer;
import parley.backing.FreePort;
import parley.platform.discovery.ServiceName;
import parley.proto.match.v1.KeepWaitingRequest;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.testing.Eventually;

/// The control plane as a process of its own, killed and started again under running conversations.
class ControlPlaneIT {

  private RunningDoor door;
  private Path config;
  private Path bootstrap;

  @BeforeEach
  void prepare() throws IOException {
    door =
        RunningDoor.prepare(
            Map.of(
                "xds.address", "127.0.0.1:" + FreePort.any(),
                "jwks.address", "127.0.0.1:" + FreePort.any(),
                "bootstrap.admin", "127.0.0.1:0"));
    bootstrap = door.folder().resolve("door-bootstrap.yaml");
    door.settings().put("bootstrap.file", bootstrap.toString());
    config = door.folder().resolve("door.yaml");
    Files.writeString(
        config,
        door.settings().entrySet().stream()
            .map(setting -> "\"" + setting.getKey() + "\": \"" + setting.getValue() + "\"\n")
            .collect(Collectors.joining()));
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void talkingGoesOnWithoutTheControlPlaneAndItsRestartCutsNothing() {
    door.startNode("echo-1", ServiceName.MATCH, ServiceName.SESSION);
    ChildProcess controlPlane = startControlPlane();
    EnvoyServer envoy = door.startEnvoy(bootstrap);
    RunningDoor.awaitHealthy(envoy, ServiceName.SESSION, 1);
    RunningDoor.awaitHealthy(envoy, ServiceName.MATCH, 1);
    try (NativeCaller app = new NativeCaller(envoy.listener("door"))) {
      OpenStream<?, ?> stream = OpenStream.converse(app, bearer());
      String listenerBefore = listenerVersion(envoy);

      controlPlane.kill();
      Eventually.holds(
          "envoy has lost it", () -> statistic(envoy, "control_plane.connected_state") == 0);
      stream.echo();
      assertThat(keepWaiting(app)).isEqualTo(Status.Code.OK);

      try (ChildProcess restarted = startControlPlane()) {
        Eventually.holds(
            "envoy has found it again",
            Duration.ofSeconds(20),
            () -> statistic(envoy, "control_plane.connected_state") == 1);
        door.startNode("echo-2", ServiceName.MATCH, ServiceName.SESSION);
        RunningDoor.awaitHealthy(envoy, ServiceName.SESSION, 2);

        stream.echo();
        assertThat(stream.end()).isNull();
        assertThat(listenerVersion(envoy)).isEqualTo(listenerBefore);
        assertThat(statistic(envoy, "listener_manager.listener_modified")).isZero();
        assertThat(statistic(envoy, "listener_manager.total_listeners_draining")).isZero();
        assertThat(restarted.running()).isTrue();
      }
    }
  }

  @Test
  void aWrongConfigIsToldWholeAndEndsWith2() throws Exception {
    Files.writeString(config, "listener: {address: here}\n");

    Path log = door.folder().resolve("wrong.log");
    ChildProcess wrong = ChildProcess.start(ChildProcess.Start.of(command(), log));

    assertThat(wrong.exit().get()).isEqualTo(2);
    assertThat(Files.readString(log))
        .contains("door: listener.address is 'here', expected host:port")
        .contains("door: redis.address is missing")
        .contains("door: auth.jwks is missing");
  }

  private ChildProcess startControlPlane() {
    Path log = door.folder().resolve("door-" + System.nanoTime() + ".log");
    ChildProcess process = door.own(ChildProcess.start(ChildProcess.Start.of(command(), log)));
    Eventually.holds(
        "the control plane is ready",
        Duration.ofSeconds(30),
        () -> Files.readString(log).contains("ready door-1"));
    return process;
  }

  private List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--sun-misc-unsafe-memory-access=allow",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        DoorMain.class.getName(),
        "--config",
        config.toString());
  }

  private Status.Code keepWaiting(NativeCaller app) {
    return app.call(
            MatchServiceGrpc.getKeepWaitingMethod(),
            KeepWaitingRequest.getDefaultInstance(),
            bearer())
        .code();
  }

  private Map<String, String> bearer() {
    return Map.of("authorization", "Bearer " + door.tokens.good());
  }

  private static String listenerVersion(EnvoyServer envoy) {
    return envoy.admin("GET", "/stats?filter=listener_manager.lds.version").strip();
  }

  private static long statistic(EnvoyServer envoy, String name) {
    return envoy
        .admin("GET", "/stats?filter=" + URLEncoder.encode("^" + name + "$", UTF_8))
        .lines()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(-1);
  }
}
