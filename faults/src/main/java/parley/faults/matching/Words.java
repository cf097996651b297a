package parley.faults.matching;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// What people of a run can like and speak: the more people, the more of it, so that with many,
/// too, not everybody fits the next one who comes.
record Words(int tags, int languages) {
  private static final List<String> LANGUAGES =
      List.of(
          "en", "fr", "de", "ja", "es", "it", "pt", "pl", "tr", "nl", "sv", "cs", "fi", "ko", "uk",
          "el");
  private static final int PEOPLE_A_LANGUAGE = 150;
  private static final int SMALL_CROWD = 300;
  private static final int FEWEST_TAGS = 20;
  private static final int FEWEST_LANGUAGES = 4;

  static Words of(int people) {
    return new Words(
        people <= SMALL_CROWD ? FEWEST_TAGS : people,
        Math.clamp(people / PEOPLE_A_LANGUAGE, FEWEST_LANGUAGES, LANGUAGES.size()));
  }

  /// None to ten.
  List<String> drawTags(Random random) {
    return drawn(tags, 10, random).mapToObj(i -> "tag " + i).toList();
  }

  /// None to four.
  List<String> drawLanguages(Random random) {
    return drawn(languages, 4, random).mapToObj(LANGUAGES::get).toList();
  }

  private static IntStream drawn(int of, int most, Random random) {
    return random.ints(0, of).distinct().limit(random.nextInt(most + 1));
  }
}
