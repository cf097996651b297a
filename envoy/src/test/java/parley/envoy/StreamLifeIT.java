package parley.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.backing.EnvoyServer;
import parley.platform.discovery.ServiceName;
import parley.testing.Eventually;

/// How long a stream lives: as long as something is said now and then.
class StreamLifeIT {
  private RunningDoor door;
  private NativeCaller app;

  @BeforeEach
  void open() {
    door = RunningDoor.prepare(Map.of("streams.idle", "1s"));
    door.startNode("echo-1", ServiceName.MATCH, ServiceName.SESSION);
    EnvoyServer envoy = door.startEnvoy(door.startControlPlane());
    RunningDoor.awaitHealthy(envoy, ServiceName.MATCH, 1);
    RunningDoor.awaitHealthy(envoy, ServiceName.SESSION, 1);
    app = new NativeCaller(envoy.listener("door"));
  }

  @AfterEach
  void close() {
    app.close();
    door.close();
  }

  @Test
  void aSilentStreamIsCutAndOneThatTalksOutlivesIt() {
    Map<String, String> bearer = Map.of("authorization", "Bearer " + door.tokens.good());
    OpenStream<?, ?> talking = OpenStream.converse(app, bearer);
    OpenStream<?, ?> silent = OpenStream.findPeer(app, bearer);

    Eventually.holds(
        "the silent stream is cut",
        Duration.ofSeconds(15),
        () -> {
          talking.echo();
          return silent.end() != null;
        });

    assertThat(silent.end().getCode())
        .as("a cut that a client reads as resume")
        .isEqualTo(Status.Code.INTERNAL);
    talking.echo();
    assertThat(talking.end()).isNull();
  }
}
