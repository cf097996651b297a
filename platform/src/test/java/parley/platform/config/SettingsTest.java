package parley.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path directory;

  @Test
  void nestedMapsAreNamedWithDotsAndListsAreLists() throws IOException {
    Settings settings =
        Settings.read(file("redis:\n  address: localhost:6379\nintents: [talk, vent]\n"), Map.of());

    assertThat(settings.address("redis.address")).isEqualTo(new HostPort("localhost", 6379));
    assertThat(settings.list("intents", List.of())).containsExactly("talk", "vent");
    settings.check();
  }

  @Test
  void theEnvironmentOverridesTheFileAndAlsoWhatTheFileLeavesOut() throws IOException {
    Settings settings =
        Settings.read(
            file("lease: 15s\n"),
            Map.of("PARLEY_LEASE", "3s", "PARLEY_REDIS_ADDRESS", "r:1", "PARLEY_HOME", "x"));

    assertThat(settings.duration("lease", Duration.ZERO, Duration.ofHours(1), Duration.ZERO))
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.address("redis.address")).isEqualTo(new HostPort("r", 1));
    settings.check();
  }

  @Test
  void allFaultsAreToldAtOnceWithNameValueAndWhatWasExpected() {
    Settings settings = Settings.of(Map.of("burst", "lots", "lease", "15", "burts", "1"));
    settings.integer("burst", 1, 100, 20);
    settings.duration(
        "lease", Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofSeconds(15));
    settings.address("redis.address");

    ConfigFaults faults = catchThrowableOfType(ConfigFaults.class, settings::check);

    assertThat(faults.faults())
        .containsExactly(
            "burst is 'lots', expected a whole number of 1 to 100",
            "lease is '15', expected a duration of 1s to 60s, like 200ms, 15s, 10m or 24h",
            "redis.address is missing, expected host:port",
            "burts is unknown, expected one of burst, lease, redis.address");
  }

  @Test
  void aFileThatIsNotAMapIsAFaultAndNotACrash() throws IOException {
    Path broken = file("a: [1, 2\n");

    ConfigFaults faults =
        catchThrowableOfType(ConfigFaults.class, () -> Settings.read(broken, Map.of()));

    assertThat(faults.faults()).singleElement().asString().contains("expected YAML");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("settings.yaml"), text);
  }
}
