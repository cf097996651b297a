package parley.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.platform.config.ConfigFaults;
import parley.platform.config.Settings;
import parley.relay.RelayLimits;
import parley.relay.redis.LogRetention;
import parley.session.api.QueueBounds;
import parley.session.core.SessionLimits;

class SessionConfigTest {
  @Test
  void theSampleNamesEverySettingWithItsDefault(@TempDir Path keys) throws Exception {
    Path jwks = Files.createFile(keys.resolve("jwks.json"));
    Path seals = Files.createFile(keys.resolve("seals.yaml"));
    Map<String, String> environment =
        Map.of("PARLEY_AUTH_JWKS", jwks.toString(), "PARLEY_AUTH_SEALS", seals.toString());

    SessionConfig sample =
        SessionConfig.read(Settings.read(Path.of("config/session.yaml"), environment));
    SessionConfig defaults =
        SessionConfig.read(
            Settings.of(
                Map.of(
                    "node.id",
                    "session-1",
                    "redis.address",
                    "127.0.0.1:6379",
                    "auth.jwks",
                    jwks.toString(),
                    "auth.seals",
                    seals.toString())));

    assertThat(sample).isEqualTo(defaults);
    assertThat(defaults.presence().aiGrace()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void aPassDoesNotOutliveTheTombstoneOfASession() {
    Settings settings = Settings.of(Map.of("session.pass-life", "12h", "log.life", "12h"));

    assertThatThrownBy(() -> SessionConfig.read(settings))
        .isInstanceOfSatisfying(
            ConfigFaults.class,
            faults ->
                assertThat(faults.faults())
                    .anyMatch(fault -> fault.toString().contains("more than session.pass-life")));
  }

  @Test
  void theDefaultsAreThoseOfTheContract() {
    assertThat(SessionLimits.DEFAULTS)
        .isEqualTo(
            new SessionLimits(
                4_000,
                16_384,
                20,
                5,
                Duration.ofSeconds(25),
                Duration.ofSeconds(20),
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                32));
    assertThat(QueueBounds.DEFAULTS)
        .isEqualTo(new QueueBounds(256, 262_144, 16_777_216, Duration.ofMillis(5)));
    assertThat(RelayLimits.DEFAULTS.replay()).isEqualTo(500);
    assertThat(LogRetention.DEFAULTS.entries()).isEqualTo(2_000);
    assertThat(LogRetention.DEFAULTS.bytes()).isEqualTo(1_048_576);
    assertThat(LogRetention.DEFAULTS.textAfterClose()).isEqualTo(Duration.ofMinutes(10));
  }
}
