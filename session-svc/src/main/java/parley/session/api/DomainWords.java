package parley.session.api;

import java.util.List;
import parley.domain.Cohort;
import parley.domain.MemberKind;
import parley.domain.Mode;
import parley.domain.Position;
import parley.domain.TalkerKind;

/// Words of the domain as the protos write them.
final class DomainWords {
  private DomainWords() {}

  static parley.proto.domain.v1.Position position(Position position) {
    return parley.proto.domain.v1.Position.newBuilder()
        .setEpoch(position.epoch())
        .setOffset((int) position.offset())
        .setCheck(position.check())
        .build();
  }

  /// The check's highest bit is not ours: whatever a client sends there fits no entry.
  static Position position(parley.proto.domain.v1.Position position) {
    return new Position(
        position.getEpoch(),
        Integer.toUnsignedLong(position.getOffset()),
        position.getCheck() & Integer.MAX_VALUE);
  }

  static parley.proto.domain.v1.MemberKind kind(MemberKind kind) {
    return switch (kind) {
      case PERSON -> parley.proto.domain.v1.MemberKind.MEMBER_KIND_PERSON;
      case AI -> parley.proto.domain.v1.MemberKind.MEMBER_KIND_AI;
    };
  }

  static MemberKind kind(parley.proto.domain.v1.MemberKind kind) {
    return kind == parley.proto.domain.v1.MemberKind.MEMBER_KIND_AI
        ? MemberKind.AI
        : MemberKind.PERSON;
  }

  static parley.proto.domain.v1.TalkerKind talker(TalkerKind kind) {
    return switch (kind) {
      case MODEL -> parley.proto.domain.v1.TalkerKind.TALKER_KIND_MODEL;
      case BUILT_IN -> parley.proto.domain.v1.TalkerKind.TALKER_KIND_BUILT_IN;
    };
  }

  static TalkerKind talker(parley.proto.domain.v1.TalkerKind kind) {
    return kind == parley.proto.domain.v1.TalkerKind.TALKER_KIND_BUILT_IN
        ? TalkerKind.BUILT_IN
        : TalkerKind.MODEL;
  }

  static List<MemberKind> kinds(List<parley.proto.domain.v1.MemberKind> kinds) {
    return kinds.stream().map(DomainWords::kind).toList();
  }

  static parley.proto.domain.v1.Mode mode(Mode mode) {
    return switch (mode) {
      case TEXT -> parley.proto.domain.v1.Mode.MODE_TEXT;
      case VOICE -> parley.proto.domain.v1.Mode.MODE_VOICE;
      case VIDEO -> parley.proto.domain.v1.Mode.MODE_VIDEO;
    };
  }

  static Mode mode(parley.proto.domain.v1.Mode mode) {
    return switch (mode) {
      case MODE_VOICE -> Mode.VOICE;
      case MODE_VIDEO -> Mode.VIDEO;
      case MODE_TEXT, MODE_UNSPECIFIED, UNRECOGNIZED -> Mode.TEXT;
    };
  }

  static parley.proto.domain.v1.Cohort cohort(Cohort cohort) {
    return switch (cohort) {
      case FROM_13 -> parley.proto.domain.v1.Cohort.COHORT_13_15;
      case FROM_16 -> parley.proto.domain.v1.Cohort.COHORT_16_17;
      case ADULT -> parley.proto.domain.v1.Cohort.COHORT_ADULT;
    };
  }

  static Cohort cohort(parley.proto.domain.v1.Cohort cohort) {
    return switch (cohort) {
      case COHORT_13_15 -> Cohort.FROM_13;
      case COHORT_16_17 -> Cohort.FROM_16;
      case COHORT_ADULT, COHORT_UNSPECIFIED, UNRECOGNIZED -> Cohort.ADULT;
    };
  }
}
