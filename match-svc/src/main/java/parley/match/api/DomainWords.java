package parley.match.api;

import java.util.List;
import parley.domain.Cohort;
import parley.domain.Gender;
import parley.domain.MemberKind;
import parley.domain.Mode;
import parley.domain.TalkerKind;
import parley.match.core.AiWelcome;
import parley.match.core.Level;

/// Words of the domain as the protos write them.
final class DomainWords {
  private DomainWords() {}

  /// Only stated genders are sought: the field lets no other in.
  static Gender gender(parley.proto.domain.v1.Gender gender) {
    return switch (gender) {
      case GENDER_WOMAN -> Gender.WOMAN;
      case GENDER_MAN -> Gender.MAN;
      case GENDER_NONBINARY -> Gender.NONBINARY;
      case GENDER_UNSPECIFIED, UNRECOGNIZED -> Gender.UNSTATED;
    };
  }

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
    return switch (cohort) {
      case COHORT_13_15 -> List.of(Cohort.FROM_13);
      case COHORT_16_17 -> List.of(Cohort.FROM_16);
      case COHORT_ADULT -> List.of(Cohort.ADULT);
      case COHORT_UNSPECIFIED, UNRECOGNIZED -> List.of(Cohort.values());
    };
  }

  /// Unspecified is never.
  static AiWelcome welcome(parley.proto.match.v1.AiWelcome welcome) {
    return switch (welcome) {
      case AI_WELCOME_INSTEAD -> AiWelcome.INSTEAD;
      case AI_WELCOME_MEANWHILE -> AiWelcome.MEANWHILE;
      case AI_WELCOME_NEVER, AI_WELCOME_UNSPECIFIED, UNRECOGNIZED -> AiWelcome.NEVER;
    };
  }

  static Mode mode(parley.proto.domain.v1.Mode mode) {
    return switch (mode) {
      case MODE_VOICE -> Mode.VOICE;
      case MODE_VIDEO -> Mode.VIDEO;
      case MODE_TEXT, MODE_UNSPECIFIED, UNRECOGNIZED -> Mode.TEXT;
    };
  }

  static parley.proto.domain.v1.Mode mode(Mode mode) {
    return switch (mode) {
      case TEXT -> parley.proto.domain.v1.Mode.MODE_TEXT;
      case VOICE -> parley.proto.domain.v1.Mode.MODE_VOICE;
      case VIDEO -> parley.proto.domain.v1.Mode.MODE_VIDEO;
    };
  }

  static parley.proto.domain.v1.Cohort cohort(Cohort cohort) {
    return switch (cohort) {
      case FROM_13 -> parley.proto.domain.v1.Cohort.COHORT_13_15;
      case FROM_16 -> parley.proto.domain.v1.Cohort.COHORT_16_17;
      case ADULT -> parley.proto.domain.v1.Cohort.COHORT_ADULT;
    };
  }

  static parley.proto.domain.v1.MemberKind kind(MemberKind kind) {
    return switch (kind) {
      case PERSON -> parley.proto.domain.v1.MemberKind.MEMBER_KIND_PERSON;
      case AI -> parley.proto.domain.v1.MemberKind.MEMBER_KIND_AI;
    };
  }

  static parley.proto.domain.v1.TalkerKind talker(TalkerKind kind) {
    return switch (kind) {
      case MODEL -> parley.proto.domain.v1.TalkerKind.TALKER_KIND_MODEL;
      case BUILT_IN -> parley.proto.domain.v1.TalkerKind.TALKER_KIND_BUILT_IN;
    };
  }
}
