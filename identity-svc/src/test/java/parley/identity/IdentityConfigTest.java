package parley.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.domain.Cohort;
import parley.identity.core.WorkRule;
import parley.identity.core.WorkRule.Asked;
import parley.platform.auth.AccessKeyFiles;
import parley.platform.auth.SealFiles;
import parley.platform.config.ConfigFaults;
import parley.platform.config.HostPort;
import parley.platform.config.Settings;

class IdentityConfigTest {
  private static final Path SAMPLE = Path.of("config", "identity.yaml");

  @TempDir Path folder;

  private Map<String, String> files;

  @BeforeEach
  void makeFiles() {
    AccessKeyFiles.create(folder.resolve("keys"));
    SealFiles.create(folder.resolve("seals.yaml"));
    files =
        Map.of(
            "auth.keys", folder.resolve("keys").toString(),
            "auth.jwks", AccessKeyFiles.jwks(folder.resolve("keys")).toString(),
            "auth.seals", folder.resolve("seals.yaml").toString());
  }

  @Test
  void theSampleThatShipsIsGoodOnceItsSecretsAreThere() {
    IdentityConfig config = IdentityConfig.read(Settings.read(SAMPLE, environment()));

    assertThat(config.node().id().text()).isEqualTo("identity-1");
    assertThat(config.serving()).isEqualTo(HostPort.parse("127.0.0.1:7101"));
    assertThat(config.mesh()).isEqualTo(HostPort.parse("127.0.0.1:7104"));
  }

  @Test
  void whatTheSampleShowsAsDefaultIsTheDefault() throws IOException {
    Path spoken = folder.resolve("spoken.yaml");
    List<String> lines =
        Files.readAllLines(SAMPLE).stream()
            .map(line -> line.matches(" *# *[a-z-]+:.*") ? line.replaceFirst("# ", "") : line)
            .toList();
    Files.write(spoken, lines);

    assertThat(IdentityConfig.read(Settings.read(spoken, environment())))
        .isEqualTo(IdentityConfig.read(Settings.read(SAMPLE, environment())));
  }

  @Test
  void theDefaultsAreThoseOfTheContract() {
    IdentityConfig config = IdentityConfig.read(Settings.of(least()));

    assertThat(config.youngest()).isEqualTo(Cohort.ADULT);
    assertThat(config.tokens().accessLife()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.tokens().refreshIdle()).isEqualTo(Duration.ofHours(24));
    assertThat(config.tokens().genderKept()).isEqualTo(Duration.ofHours(24));
    assertThat(config.guests().nonceLife()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.guests().ageRefusalKept()).isEqualTo(Duration.ofHours(24));
    assertThat(config.guests().deviceRequired()).isFalse();
    assertThat(config.guests().work()).isEqualTo(new WorkRule(Asked.OVER_RATE, 18, 600));
    assertThat(config.auth().issuer()).isEqualTo("parley");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    Map<String, String> wrong = new HashMap<>(least());
    wrong.remove("guests.terms");
    wrong.put("auth.keys", files.get("auth.seals"));
    wrong.put("guests.youngest-cohort", "from-12");
    wrong.put("guests.work.bits", "99");
    wrong.put("tokens.access-life", "2h");
    wrong.put("node.id", "Not An Id");
    wrong.put("tokens.acess-life", "5m");

    ConfigFaults faults =
        catchThrowableOfType(ConfigFaults.class, () -> IdentityConfig.read(Settings.of(wrong)));

    assertThat(faults.faults())
        .satisfiesExactlyInAnyOrder(
            fault -> assertThat(fault).contains("guests.terms is missing"),
            fault -> assertThat(fault).contains("auth.keys").contains("directory"),
            fault -> assertThat(fault).contains("from-12").contains("adult, from-13, from-16"),
            fault -> assertThat(fault).contains("guests.work.bits is '99'").contains("0 to 32"),
            fault -> assertThat(fault).contains("tokens.access-life is '2h'"),
            fault -> assertThat(fault).contains("node.id is 'Not An Id'"),
            fault -> assertThat(fault).contains("tokens.acess-life is unknown"));
  }

  private Map<String, String> least() {
    Map<String, String> least = new HashMap<>(files);
    least.put("node.id", "identity-1");
    least.put("redis.address", "127.0.0.1:6379");
    least.put("guests.terms", "2026-01");
    return least;
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    files.forEach(
        (name, file) ->
            environment.put(
                "PARLEY_" + name.toUpperCase(java.util.Locale.ROOT).replace('.', '_'), file));
    return environment;
  }
}
