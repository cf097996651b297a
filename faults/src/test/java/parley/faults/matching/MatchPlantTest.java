package parley.faults.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A usual build runs few of the planted bugs; that all of them can still be planted shows at once.
class MatchPlantTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(MatchPlant.class)
  void itFindsWhatItChanges(MatchPlant plant) {
    plant.plant(folder);
    assertThat(folder.resolve("parley/match/redis")).isNotEmptyDirectory();
  }
}
