package parley.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.platform.config.ConfigFaults;
import parley.platform.config.Settings;

class SiteConfigTest {
  @TempDir private Path folder;

  @Test
  void theShippedConfigIsGoodAndShowsTheDefaults() throws IOException {
    Files.writeString(folder.resolve("index.html"), "the page");
    SiteConfig shipped =
        SiteConfig.read(
            Settings.read(Path.of("config/site.yaml"), Map.of("PARLEY_FILES", folder.toString())));
    SiteConfig bare = SiteConfig.read(settings("site-1"));

    assertThat(shipped).isEqualTo(bare);
  }

  @Test
  void aFolderWithoutThePageIsAFault() {
    Settings settings = settings("site-1");

    assertThatThrownBy(() -> SiteConfig.read(settings))
        .isInstanceOfSatisfying(
            ConfigFaults.class,
            faults ->
                assertThat(faults.faults())
                    .containsExactly(
                        "files is '" + folder + "', expected a folder with index.html in it"));
  }

  private Settings settings(String node) {
    return Settings.of(Map.of("node.id", node, "files", folder.toString()));
  }
}
