package parley.envoy.xds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Status;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class VerdictsTest {
  private static final String LISTENER = "type.googleapis.com/envoy.config.listener.v3.Listener";

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Verdicts verdicts = new Verdicts(meters, new Refusals());

  @Test
  void aRefusalAndAnAcceptanceAreCountedApartAndAFirstRequestIsNeither() {
    DiscoveryRequest first = DiscoveryRequest.newBuilder().setTypeUrl(LISTENER).build();
    DiscoveryRequest accepted = first.toBuilder().setResponseNonce("1").build();
    DiscoveryRequest refused =
        accepted.toBuilder().setErrorDetail(Status.newBuilder().setMessage("no")).build();

    verdicts.onV3StreamRequest(1, first);
    verdicts.onV3StreamRequest(1, accepted);
    verdicts.onV3StreamRequest(1, refused);

    assertThat(counted("accepted")).isEqualTo(1);
    assertThat(counted("refused")).isEqualTo(1);
  }

  @Test
  void ofALongRefusalTheFirstAndTheLastLineAreKept() {
    assertThat(Verdicts.firstAndLast("what failed\nthe whole proto\nwhy\n"))
        .isEqualTo("what failed … why");
    assertThat(Verdicts.firstAndLast("short")).isEqualTo("short");
  }

  private double counted(String verdict) {
    return meters.counter("parley.door.snapshots." + verdict, "type", "Listener").count();
  }
}
