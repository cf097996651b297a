package parley.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.domain.Mode;
import parley.match.core.Level;
import parley.match.core.Pool;
import parley.match.core.PoolRules;

class PoolFileTest {
  @TempDir Path folder;

  @Test
  void theSampleIsWhatIsShipped() {
    assertThat(PoolFile.read(Path.of("config/pools.yaml"))).isEqualTo(PoolFile.SHIPPED);
  }

  @Test
  void theUsualPoolRelaxesAsTheContractSays() {
    PoolRules usual = PoolFile.SHIPPED.of(new Pool(Mode.TEXT, "talk"));
    assertThat(usual.reaches(Level.SAME_TAGS)).isZero();
    assertThat(usual.reaches(Level.SAME_LANGUAGE)).isEqualTo(Duration.ofSeconds(8));
    assertThat(usual.reaches(Level.ANYONE)).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void allFaultsAreToldAtOnce() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("pools.yaml"),
            """
            intents: [talk, Dance, vent]
            talk: {to-language: 30s, to-anyone: 20s}
            vent: {acceptance: maybe}
            dating: {ai: off}
            """);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PoolFile.read(file))
        .withMessageContaining("Dance")
        .withMessageContaining("relaxes to anyone after")
        .withMessageContaining("vent.acceptance")
        .withMessageContaining("dating.ai");
  }
}
