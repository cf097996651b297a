package parley.backing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreePortIT {
  /// The system takes near ends of outgoing connections from here on.
  private static final int OUTGOING = 32_768;

  @Test
  void noOutgoingConnectionCanTakeIt() {
    assertThat(Stream.generate(FreePort::any).limit(100)).allMatch(port -> port < OUTGOING);
  }

  @Test
  void noneIsGivenTwice() {
    List<Integer> given = Stream.generate(FreePort::any).limit(100).toList();

    assertThat(given).doesNotHaveDuplicates();
  }

  @Test
  void oneThatIsListenedOnIsPassedOver() throws IOException {
    int next = FreePort.any() + 1;
    try (ServerSocket taken = new ServerSocket(next, 1, InetAddress.getLoopbackAddress())) {
      assertThat(FreePort.free(taken.getLocalPort())).isFalse();
      assertThat(FreePort.any()).isNotEqualTo(taken.getLocalPort());
    }
  }

  @Test
  void whoClaimsAShareHasItAlone(@TempDir Path folder) {
    List<PortShare> held =
        Stream.generate(() -> PortShare.claim(folder)).limit(PortShare.SHARES).toList();

    assertThat(held).extracting(PortShare::number).doesNotHaveDuplicates();
  }

  @Test
  void whoComesWhenAllAreTakenGetsPortsNevertheless(@TempDir Path folder) {
    List<PortShare> held =
        Stream.generate(() -> PortShare.claim(folder)).limit(PortShare.SHARES + 1).toList();

    assertThat(held.getLast().number()).isZero();
  }
}
