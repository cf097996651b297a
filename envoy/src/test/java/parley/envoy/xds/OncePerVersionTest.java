package parley.envoy.xds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Status;
import io.envoyproxy.controlplane.cache.Response;
import io.envoyproxy.controlplane.cache.XdsRequest;
import io.envoyproxy.controlplane.cache.v3.Snapshot;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OncePerVersionTest {
  private static final String TYPE = "type.googleapis.com/envoy.config.listener.v3.Listener";

  private final Refusals refusals = new Refusals();
  private final OncePerVersion snapshots = new OncePerVersion(refusals);
  private final List<String> sent = new ArrayList<>();

  @Test
  void whatWasRefusedIsNotSentAgainAndTheNextVersionIs() {
    snapshots.publish(Snapshot.createEmpty("one"));
    watch(request("", ""));
    refusals.sent(1, TYPE, "one");
    refusals.refused(1, TYPE);

    watch(refusal());
    assertThat(sent).containsExactly("one");

    snapshots.publish(Snapshot.createEmpty("two"));
    assertThat(sent).containsExactly("one", "two");
  }

  @Test
  void aRefusalOfAnOldVersionIsAnsweredWithTheNewOne() {
    snapshots.publish(Snapshot.createEmpty("one"));
    watch(request("", ""));
    refusals.sent(1, TYPE, "one");
    snapshots.publish(Snapshot.createEmpty("two"));
    refusals.refused(1, TYPE);

    watch(refusal());

    assertThat(sent).containsExactly("one", "two");
  }

  @Test
  void anEnvoyThatConnectsIsSentAlsoWhatAnotherRefused() {
    snapshots.publish(Snapshot.createEmpty("one"));
    refusals.sent(1, TYPE, "one");
    refusals.refused(1, TYPE);

    watch(request("", ""));

    assertThat(sent).containsExactly("one");
  }

  private void watch(DiscoveryRequest request) {
    var _ =
        snapshots.createWatch(
            true, XdsRequest.create(request), Set.of(), this::respond, false, true);
  }

  private void respond(Response response) {
    sent.add(response.version());
  }

  private static DiscoveryRequest refusal() {
    return request("zero", "1").toBuilder()
        .setErrorDetail(Status.newBuilder().setMessage("no"))
        .build();
  }

  private static DiscoveryRequest request(String version, String nonce) {
    return DiscoveryRequest.newBuilder()
        .setTypeUrl(TYPE)
        .setVersionInfo(version)
        .setResponseNonce(nonce)
        .build();
  }
}
