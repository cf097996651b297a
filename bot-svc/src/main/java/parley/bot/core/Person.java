package parley.bot.core;

import java.util.List;
import parley.bot.core.conduct.Tongue;
import parley.domain.Cohort;
import parley.domain.DeviceId;

/// Who an AI peer talks with, as far as it may know.
///
/// @param tags what the person likes
/// @param languages BCP 47, best first
public record Person(List<String> tags, List<String> languages, Cohort cohort, DeviceId device) {
  public Person {
    tags = List.copyOf(tags);
    languages = List.copyOf(languages);
  }

  Tongue tongue() {
    return Tongue.of(languages);
  }
}
