package parley.bot.smollm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;

/// The small model as the launcher has fetched it; tests that need it are skipped without it, but
/// never in CI.
final class FetchedModel {
  private FetchedModel() {}

  static Path weights() {
    String named = System.getenv().getOrDefault("PARLEY_MODEL", "");
    if (System.getenv("CI") != null) {
      assertThat(named).as("PARLEY_MODEL, which CI must not be without").isNotEmpty();
    }
    assumeThat(named)
        .as("PARLEY_MODEL names the small model's wheel, which ./parley test fetches")
        .isNotEmpty();
    Weights.Found found = Weights.find(Path.of(named));
    assertThat(found).isInstanceOf(Weights.Found.Ready.class);
    return ((Weights.Found.Ready) found).file();
  }
}
