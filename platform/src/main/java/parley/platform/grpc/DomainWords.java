package parley.platform.grpc;

import parley.domain.Cohort;
import parley.domain.Gender;
import parley.domain.MemberKind;
import parley.domain.Mode;
import parley.domain.Position;
import parley.domain.TalkerKind;

/// Words of the domain as `parley.domain.v1` writes them, read and written in one way by all
/// services, in calls, tokens and what is stored.
///
/// What is not stated is read as the proto says. Where the proto says nothing, nothing is guessed:
/// nobody becomes an adult, or a person, because a field was left out or a newer node wrote what is
/// not known here. From callers no such thing comes, their requests are checked before.
public final class DomainWords {
  private DomainWords() {}

  public static parley.proto.domain.v1.Cohort write(Cohort cohort) {
    return switch (cohort) {
      case FROM_13 -> parley.proto.domain.v1.Cohort.COHORT_13_15;
      case FROM_16 -> parley.proto.domain.v1.Cohort.COHORT_16_17;
      case ADULT -> parley.proto.domain.v1.Cohort.COHORT_ADULT;
    };
  }

  /// @throws IllegalArgumentException if it is not stated or not known
  public static Cohort read(parley.proto.domain.v1.Cohort cohort) {
    return switch (cohort) {
      case COHORT_13_15 -> Cohort.FROM_13;
      case COHORT_16_17 -> Cohort.FROM_16;
      case COHORT_ADULT -> Cohort.ADULT;
      case COHORT_UNSPECIFIED, UNRECOGNIZED -> throw unknown("cohort", cohort);
    };
  }

  public static parley.proto.domain.v1.MemberKind write(MemberKind kind) {
    return switch (kind) {
      case PERSON -> parley.proto.domain.v1.MemberKind.MEMBER_KIND_PERSON;
      case AI -> parley.proto.domain.v1.MemberKind.MEMBER_KIND_AI;
    };
  }

  /// @throws IllegalArgumentException if it is not stated or not known
  public static MemberKind read(parley.proto.domain.v1.MemberKind kind) {
    return switch (kind) {
      case MEMBER_KIND_PERSON -> MemberKind.PERSON;
      case MEMBER_KIND_AI -> MemberKind.AI;
      case MEMBER_KIND_UNSPECIFIED, UNRECOGNIZED -> throw unknown("kind of a member", kind);
    };
  }

  public static parley.proto.domain.v1.Gender write(Gender gender) {
    return switch (gender) {
      case UNSTATED -> parley.proto.domain.v1.Gender.GENDER_UNSPECIFIED;
      case WOMAN -> parley.proto.domain.v1.Gender.GENDER_WOMAN;
      case MAN -> parley.proto.domain.v1.Gender.GENDER_MAN;
      case NONBINARY -> parley.proto.domain.v1.Gender.GENDER_NONBINARY;
    };
  }

  /// @throws IllegalArgumentException if it is not known
  public static Gender read(parley.proto.domain.v1.Gender gender) {
    return switch (gender) {
      case GENDER_UNSPECIFIED -> Gender.UNSTATED;
      case GENDER_WOMAN -> Gender.WOMAN;
      case GENDER_MAN -> Gender.MAN;
      case GENDER_NONBINARY -> Gender.NONBINARY;
      case UNRECOGNIZED -> throw unknown("gender", gender);
    };
  }

  public static parley.proto.domain.v1.Mode write(Mode mode) {
    return switch (mode) {
      case TEXT -> parley.proto.domain.v1.Mode.MODE_TEXT;
      case VOICE -> parley.proto.domain.v1.Mode.MODE_VOICE;
      case VIDEO -> parley.proto.domain.v1.Mode.MODE_VIDEO;
    };
  }

  /// Not stated is text.
  ///
  /// @throws IllegalArgumentException if it is not known
  public static Mode read(parley.proto.domain.v1.Mode mode) {
    return switch (mode) {
      case MODE_UNSPECIFIED, MODE_TEXT -> Mode.TEXT;
      case MODE_VOICE -> Mode.VOICE;
      case MODE_VIDEO -> Mode.VIDEO;
      case UNRECOGNIZED -> throw unknown("mode", mode);
    };
  }

  public static parley.proto.domain.v1.TalkerKind write(TalkerKind kind) {
    return switch (kind) {
      case MODEL -> parley.proto.domain.v1.TalkerKind.TALKER_KIND_MODEL;
      case BUILT_IN -> parley.proto.domain.v1.TalkerKind.TALKER_KIND_BUILT_IN;
    };
  }

  /// Not stated is a model, and so is what is not known: people are never told that words stay in
  /// the box without knowing it.
  public static TalkerKind read(parley.proto.domain.v1.TalkerKind kind) {
    return switch (kind) {
      case TALKER_KIND_BUILT_IN -> TalkerKind.BUILT_IN;
      case TALKER_KIND_MODEL, TALKER_KIND_UNSPECIFIED, UNRECOGNIZED -> TalkerKind.MODEL;
    };
  }

  public static parley.proto.domain.v1.Position write(Position position) {
    return parley.proto.domain.v1.Position.newBuilder()
        .setEpoch(position.epoch())
        .setOffset((int) position.offset())
        .setCheck(position.check())
        .build();
  }

  /// The check's highest bit is not ours: whatever a client sends there fits no entry.
  public static Position read(parley.proto.domain.v1.Position position) {
    return new Position(
        position.getEpoch(),
        Integer.toUnsignedLong(position.getOffset()),
        position.getCheck() & Integer.MAX_VALUE);
  }

  private static IllegalArgumentException unknown(String what, Enum<?> written) {
    return new IllegalArgumentException(
        what + " is " + written + ", expected one that is stated and known here");
  }
}
