package parley.platform.discovery;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.domain.NodeId;
import parley.platform.config.HostPort;

class RegisteredNodeTest {
  private static final HostPort GOOD = HostPort.parse("127.0.0.1:7101");

  @ParameterizedTest
  @ValueSource(strings = {"match.example:7101", "localhost:7101", "0.0.0.0:7101", "[::]:7101"})
  void anAddressThatOthersCannotUseIsRefused(String address) {
    assertThatThrownBy(() -> node(HostPort.parse(address), GOOD))
        .hasMessage(
            "serving address is '"
                + address
                + "', expected an IP address and port that others can reach");
    assertThatThrownBy(() -> node(GOOD, HostPort.parse(address)))
        .hasMessageStartingWith("mesh address is '" + address);
  }

  @Test
  void aPortThatIsNotKnownYetIsRefused() {
    assertThatThrownBy(() -> node(HostPort.parse("127.0.0.1:0"), GOOD))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bothKindsOfIpAddressesAreGood() {
    assertThatCode(() -> node(GOOD, HostPort.parse("[::1]:7102"))).doesNotThrowAnyException();
  }

  private static RegisteredNode node(HostPort serving, HostPort mesh) {
    return new RegisteredNode(
        ServiceName.MATCH, new NodeId("match-1"), serving, mesh, NodeState.READY);
  }
}
