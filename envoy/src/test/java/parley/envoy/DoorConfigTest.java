package parley.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.envoy.door.DoorRules.AddressLimit;
import parley.envoy.door.DoorRules.TokenRules;
import parley.envoy.door.DoorRules.Transport;
import parley.platform.config.ConfigFaults;
import parley.platform.config.HostPort;
import parley.platform.config.Settings;

class DoorConfigTest {
  @TempDir private Path folder;
  private Path jwks;

  @BeforeEach
  void makeFiles() throws IOException {
    jwks = Files.writeString(folder.resolve("jwks.json"), "{}");
  }

  @Test
  void theShippedConfigIsGoodAndShowsTheDefaults() {
    DoorConfig shipped =
        DoorConfig.read(
            Settings.read(
                Path.of("config/door.yaml"), Map.of("PARLEY_AUTH_JWKS", jwks.toString())));
    DoorConfig bare =
        DoorConfig.read(
            Settings.of(
                Map.of(
                    "node.id",
                    "door-1",
                    "redis.address",
                    "127.0.0.1:6379",
                    "auth.jwks",
                    jwks.toString())));

    assertThat(shipped.rules()).isEqualTo(bare.rules());
    assertThat(shipped.registry()).isEqualTo(bare.registry());
    assertThat(shipped.node().id()).isEqualTo(bare.node().id());
    assertThat(bare.rules().listener()).isEqualTo(new HostPort("0.0.0.0", 8080));
    assertThat(bare.rules().addressLimit()).isEqualTo(new AddressLimit(400, 100, 0));
    assertThat(bare.rules().streamIdle()).isEqualTo(Duration.ofSeconds(75));
    assertThat(bare.rules().tokens()).isEqualTo(new TokenRules("parley", "parley"));
    assertThat(bare.rules().transport()).isEqualTo(Transport.PLAIN);
    assertThat(bare.bootstrap()).isEmpty();
  }

  @Test
  void allFaultsAreToldAtOnce() {
    Settings settings =
        Settings.of(
            Map.of(
                "auth.jwks", folder.resolve("missing").toString(),
                "listener.address", "door.example:8080",
                "cors.origins", "https://good.example,parley.example/page",
                "tls.certificate", jwks.toString(),
                "lisener.port", "1"));

    assertThatThrownBy(() -> DoorConfig.read(settings))
        .isInstanceOfSatisfying(
            ConfigFaults.class,
            faults ->
                assertThat(faults.faults())
                    .hasSize(7)
                    .contains("node.id is missing, expected a text")
                    .anyMatch(fault -> fault.startsWith("auth.jwks is '"))
                    .anyMatch(fault -> fault.startsWith("redis.address is missing"))
                    .contains(
                        "listener.address is 'door.example:8080', expected an IP address and a port")
                    .contains(
                        "cors.origins is 'parley.example/page', expected https://host,"
                            + " http://host:port or *")
                    .contains("tls.key is missing, expected a readable file")
                    .anyMatch(fault -> fault.startsWith("lisener.port is unknown")));
  }
}
