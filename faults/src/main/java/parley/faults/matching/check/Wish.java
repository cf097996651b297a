package parley.faults.matching.check;

import java.util.List;
import java.util.Set;

/// What one ticket's person said, and whether two may meet: read from the page on matching.
///
/// @param seeking empty: anyone
/// @param widest 0 to 2, as levels are counted here: a shared tag and language, a shared language,
///   anyone
record Wish(
    String participant,
    String device,
    String gender,
    Set<String> seeking,
    String intent,
    List<String> tags,
    List<String> languages,
    int widest) {
  static final int ANYONE = 2;
  private static final int TAGS_SEARCHED = 5;
  private static final int LANGUAGES_SEARCHED = 2;

  static Wish of(Line asking) {
    return new Wish(
        asking.fact("participant"),
        asking.fact("device"),
        asking.fact("gender"),
        Set.copyOf(asking.list("seeking")),
        asking.fact("intent"),
        asking.list("tags"),
        asking.list("languages"),
        (int) asking.number("widest"));
  }

  boolean mayMeet(Wish other) {
    return intent.equals(other.intent) && seeks(other) && other.seeks(this);
  }

  private boolean seeks(Wish other) {
    return seeking.isEmpty() || seeking.contains(other.gender);
  }

  /// Whether the two have in common what a level asks for.
  boolean near(Wish other, int level) {
    boolean language =
        languages(LANGUAGES_SEARCHED).stream()
            .anyMatch(other.languages(LANGUAGES_SEARCHED)::contains);
    boolean tag = tags(TAGS_SEARCHED).stream().anyMatch(other.tags(TAGS_SEARCHED)::contains);
    return switch (level) {
      case 0 -> language && tag;
      case 1 -> language;
      default -> true;
    };
  }

  /// Where a ticket begins: at the first level that it says enough for.
  int start() {
    return languages.isEmpty() ? ANYONE : tags.isEmpty() ? 1 : 0;
  }

  int farthest() {
    return Math.max(start(), widest);
  }

  private List<String> tags(int most) {
    return tags.subList(0, Math.min(most, tags.size()));
  }

  private List<String> languages(int most) {
    return languages.subList(0, Math.min(most, languages.size()));
  }
}
