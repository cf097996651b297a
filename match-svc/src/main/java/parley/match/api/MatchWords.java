package parley.match.api;

import java.util.List;
import parley.domain.Cohort;
import parley.match.core.AiWelcome;
import parley.match.core.Level;
import parley.platform.grpc.DomainWords;

/// Words of matching as its protos write them.
final class MatchWords {
  private MatchWords() {}

  /// Unspecified is as far as can be.
  static Level level(parley.proto.match.v1.Level level) {
    return switch (level) {
      case LEVEL_SAME_TAGS -> Level.SAME_TAGS;
      case LEVEL_SAME_LANGUAGE -> Level.SAME_LANGUAGE;
      case LEVEL_ANYONE, LEVEL_UNSPECIFIED, UNRECOGNIZED -> Level.ANYONE;
    };
  }

  /// Where a match lies. Unspecified: anywhere.
  static List<Cohort> cohorts(parley.proto.domain.v1.Cohort cohort) {
    return cohort == parley.proto.domain.v1.Cohort.COHORT_UNSPECIFIED
        ? List.of(Cohort.values())
        : List.of(DomainWords.read(cohort));
  }

  /// Unspecified is never.
  static AiWelcome welcome(parley.proto.match.v1.AiWelcome welcome) {
    return switch (welcome) {
      case AI_WELCOME_INSTEAD -> AiWelcome.INSTEAD;
      case AI_WELCOME_MEANWHILE -> AiWelcome.MEANWHILE;
      case AI_WELCOME_NEVER, AI_WELCOME_UNSPECIFIED, UNRECOGNIZED -> AiWelcome.NEVER;
    };
  }
}
