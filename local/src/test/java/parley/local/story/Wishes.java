package parley.local.story;

import java.util.List;
import parley.proto.domain.v1.Gender;
import parley.proto.domain.v1.Mode;
import parley.proto.match.v1.Criteria;

/// What a person of a story is and looks for.
record Wishes(Gender gender, List<Gender> seeking, List<String> tags, List<String> languages) {
  /// Says nothing and takes anyone; the tag keeps stories apart from each other.
  static Wishes anyone(String tag) {
    return new Wishes(Gender.GENDER_UNSPECIFIED, List.of(), List.of(tag), List.of("en"));
  }

  Criteria criteria() {
    return Criteria.newBuilder()
        .setMode(Mode.MODE_TEXT)
        .addAllSeeking(seeking)
        .addAllTags(tags)
        .addAllLanguages(languages)
        .build();
  }
}
