package parley.match.core;

import java.util.List;
import java.util.Set;
import parley.domain.Gender;

/// Who may meet whom, and how near, written from the page on matching and sharing no code with the
/// plans: only what people wrote.
record MayMeet(
    Gender gender, Set<Gender> seeking, String intent, List<String> tags, List<String> languages) {
  private static final int INDEXED_TAGS = 5;
  private static final int INDEXED_LANGUAGES = 2;

  /// An empty set seeks anyone; the unstated are met by nobody else.
  boolean wants(MayMeet other) {
    return seeking.isEmpty() || (other.gender != Gender.UNSTATED && seeking.contains(other.gender));
  }

  boolean mayMeet(MayMeet other) {
    return intent.equals(other.intent) && wants(other) && other.wants(this);
  }

  /// Whether the two are found at this level, given that they may meet.
  boolean near(MayMeet other, Level level) {
    return switch (level) {
      case SAME_TAGS ->
          share(languages, other.languages, INDEXED_LANGUAGES)
              && share(tags, other.tags, INDEXED_TAGS);
      case SAME_LANGUAGE -> share(languages, other.languages, INDEXED_LANGUAGES);
      case ANYONE -> true;
    };
  }

  long sharedTags(MayMeet other) {
    return tags.stream().filter(other.tags::contains).count();
  }

  private static boolean share(List<String> mine, List<String> theirs, int first) {
    return mine.stream().limit(first).anyMatch(theirs.stream().limit(first).toList()::contains);
  }
}
