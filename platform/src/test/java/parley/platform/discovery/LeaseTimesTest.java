package parley.platform.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.platform.config.Settings;

class LeaseTimesTest {
  @Test
  void theDefaultsAreThoseOfTheContract() {
    LeaseTimes times = LeaseTimes.read(Settings.of(Map.of()));

    assertThat(times).isEqualTo(new LeaseTimes(Duration.ofSeconds(15), Duration.ofSeconds(3)));
  }

  @Test
  void aLeaseShorterThanTwoBeatsIsAFault() {
    Settings settings = Settings.of(Map.of("discovery.lease", "2s", "discovery.beat", "1500ms"));
    LeaseTimes.read(settings);

    assertThatThrownBy(settings::check)
        .hasMessageContaining(
            "discovery.beat is '1500ms', expected at most half of discovery.lease");
  }
}
