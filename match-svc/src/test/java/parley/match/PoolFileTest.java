package parley.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.domain.Mode;
import parley.match.core.Acceptance;
import parley.match.core.AiSwitch;
import parley.match.core.Level;
import parley.match.core.Pool;
import parley.match.core.PoolRules;
import parley.match.core.Pools;

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
  void aPoolThatIsTakenAwayGoesOnAsItWasForWhoIsInIt() throws IOException {
    Pool dating = new Pool(Mode.TEXT, "dating");
    Path file = folder.resolve("pools.yaml");
    Function<byte[], Pools> reading = PoolFile.reading(file);
    Files.writeString(file, "intents: [talk, dating]\ndating: {acceptance: both, ai-after: 3s}");
    PoolRules promised = reading.apply(new byte[0]).of(dating);
    Files.writeString(file, "intents: [talk]");
    var _ = reading.apply(new byte[0]);
    Pools now = reading.apply(new byte[0]);
    assertThat(now.has(dating)).isFalse();
    assertThat(now.of(dating)).isEqualTo(promised);
    Files.writeString(file, "intents: [talk, dating]\ndating: {acceptance: at-once}");
    assertThat(reading.apply(new byte[0]).of(dating).acceptance()).isEqualTo(Acceptance.AT_ONCE);
  }

  @Test
  void nobodyIsMatchedUnaskedInAPoolThatIsNotKnown() {
    PoolRules unknown = PoolFile.SHIPPED.of(new Pool(Mode.TEXT, "chess"));
    assertThat(unknown.acceptance()).isEqualTo(Acceptance.BOTH);
    assertThat(unknown.ai()).isEqualTo(AiSwitch.OFF);
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
