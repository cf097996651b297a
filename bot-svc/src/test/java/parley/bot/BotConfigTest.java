package parley.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.bot.core.TalkTimes;
import parley.bot.core.conduct.BudgetLimits;
import parley.platform.config.ConfigFaults;
import parley.platform.config.Settings;

class BotConfigTest {
  private static final Path SAMPLE = Path.of("config", "bot.yaml");

  @TempDir Path folder;

  @Test
  void whatTheSampleShowsAsDefaultIsTheDefault() throws IOException {
    Path spoken = folder.resolve("spoken.yaml");
    List<String> lines =
        Files.readAllLines(SAMPLE).stream()
            .map(line -> line.matches("# ( *)[a-z-]+:.*") ? line.substring(2) : line)
            .filter(line -> !line.contains("key-file:"))
            .toList();
    Files.write(spoken, lines);

    assertThat(BotConfig.read(Settings.read(spoken, Map.of())))
        .isEqualTo(BotConfig.read(Settings.read(SAMPLE, Map.of())));
  }

  @Test
  void theDefaultsAreThoseOfTheContract() {
    BotConfig config = BotConfig.read(Settings.of(least()));
    assertThat(config.places().heldFor()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.places().most()).isEqualTo(50);
    assertThat(config.provider()).isEmpty();
    assertThat(config.banks()).isEqualTo(BotConfig.BankUse.LEARN);
    assertThat(config.model()).isEmpty();
    assertThat(config.modelWithin()).isEqualTo(Duration.ofMillis(2_200));
    assertThat(config.times()).isEqualTo(TalkTimes.DEFAULT);
    assertThat(config.budget()).isEqualTo(BudgetLimits.DEFAULT);
  }

  @Test
  void aProviderIsReadWithItsKeyWhichIsNeverTold() throws IOException {
    Path key = folder.resolve("key");
    Files.writeString(key, "sk-secret\n");
    Map<String, String> settings = provider();
    settings.put("provider.key-file", key.toString());

    var provider = BotConfig.read(Settings.of(settings)).provider().orElseThrow();

    assertThat(provider.key()).isEqualTo("sk-secret");
    assertThat(provider.name()).isEqualTo("Example Inc.");
    assertThat(provider.toString()).doesNotContain("sk-secret");
    settings.put("provider.words", "stay");
    assertThat(BotConfig.read(Settings.of(settings)).provider().orElseThrow().name()).isEmpty();
  }

  @Test
  void aModelIsAFileThatNeedNotBeThereOrNone() {
    Map<String, String> settings = least();
    settings.put("companion.model", "/nowhere/model.whl");
    assertThat(BotConfig.read(Settings.of(settings)).model())
        .contains(Path.of("/nowhere/model.whl"));
    settings.put("companion.model", "none");
    assertThat(BotConfig.read(Settings.of(settings)).model()).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    Map<String, String> wrong = provider();
    wrong.remove("provider.name");
    wrong.put("provider.base-url", "example.com");
    wrong.put("provider.model", "");
    wrong.put("provider.key-file", folder.resolve("none").toString());
    wrong.put("conversations.most", "0");
    wrong.put("budget.day.turns", "3");
    wrong.put("provider.modle", "x");

    ConfigFaults faults =
        catchThrowableOfType(ConfigFaults.class, () -> BotConfig.read(Settings.of(wrong)));

    assertThat(faults.faults())
        .satisfiesExactlyInAnyOrder(
            fault -> assertThat(fault).contains("provider.name is ''"),
            fault -> assertThat(fault).contains("provider.base-url is 'example.com'"),
            fault -> assertThat(fault).contains("provider.model is ''"),
            fault -> assertThat(fault).contains("provider.key-file"),
            fault -> assertThat(fault).contains("conversations.most is '0'"),
            fault -> assertThat(fault).contains("budget.day"),
            fault -> assertThat(fault).contains("provider.modle is unknown"));
  }

  private static Map<String, String> least() {
    Map<String, String> least = new HashMap<>();
    least.put("node.id", "bot-1");
    least.put("redis.address", "127.0.0.1:6379");
    return least;
  }

  private static Map<String, String> provider() {
    Map<String, String> settings = least();
    settings.put("provider.kind", "openai-compatible");
    settings.put("provider.base-url", "https://example.com/v1");
    settings.put("provider.model", "small");
    settings.put("provider.name", "Example Inc.");
    return settings;
  }
}
