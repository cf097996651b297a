package parley.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.match.core.MatchTimes;
import parley.platform.config.ConfigFaults;
import parley.platform.config.Settings;

class MatchConfigTest {
  @TempDir Path keys;
  private String jwks = "";
  private String seals = "";

  @BeforeEach
  void makeKeys() throws Exception {
    jwks = Files.createFile(keys.resolve("jwks.json")).toString();
    seals = Files.createFile(keys.resolve("seals.yaml")).toString();
  }

  @Test
  void theSampleNamesEverySettingWithItsDefault() {
    MatchConfig sample =
        MatchConfig.read(
            Settings.read(
                Path.of("config/match.yaml"),
                Map.of("PARLEY_AUTH_JWKS", jwks, "PARLEY_AUTH_SEALS", seals)));
    MatchConfig defaults =
        MatchConfig.read(
            Settings.of(
                Map.of(
                    "node.id",
                    "match-1",
                    "redis.address",
                    "127.0.0.1:6379",
                    "auth.jwks",
                    jwks,
                    "auth.seals",
                    seals)));
    assertThat(sample).isEqualTo(defaults);
  }

  @Test
  void theDefaultsAreThoseOfTheContract() {
    assertThat(MatchTimes.DEFAULT)
        .isEqualTo(
            new MatchTimes(
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(8),
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                Duration.ofSeconds(45),
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                Duration.ofSeconds(20)));
  }

  @Test
  void allFaultsAreToldAtOnce() {
    Map<String, String> wrong =
        Map.of(
            "node.id", "Match 1",
            "auth.jwks", jwks,
            "auth.seals", seals,
            "pools.file", "nowhere.yaml",
            "tickets.silence", "soon",
            "tickets.slience", "45s");
    assertThatThrownBy(() -> MatchConfig.read(Settings.of(wrong)))
        .isInstanceOfSatisfying(
            ConfigFaults.class,
            faults ->
                assertThat(String.join(" ", faults.faults()))
                    .contains(
                        "node.id",
                        "redis.address",
                        "pools.file",
                        "tickets.silence",
                        "tickets.slience"));
  }
}
