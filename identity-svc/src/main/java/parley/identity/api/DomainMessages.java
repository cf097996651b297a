package parley.identity.api;

import java.time.Duration;
import parley.domain.Cohort;
import parley.domain.Gender;
import parley.domain.MemberKind;
import parley.platform.grpc.Failures;

/// The domain's words as they are written on the wire.
final class DomainMessages {
  private DomainMessages() {}

  static parley.proto.domain.v1.Gender gender(Gender gender) {
    return switch (gender) {
      case UNSTATED -> parley.proto.domain.v1.Gender.GENDER_UNSPECIFIED;
      case WOMAN -> parley.proto.domain.v1.Gender.GENDER_WOMAN;
      case MAN -> parley.proto.domain.v1.Gender.GENDER_MAN;
      case NONBINARY -> parley.proto.domain.v1.Gender.GENDER_NONBINARY;
    };
  }

  static Gender gender(parley.proto.domain.v1.Gender gender) {
    return switch (gender) {
      case GENDER_UNSPECIFIED -> Gender.UNSTATED;
      case GENDER_WOMAN -> Gender.WOMAN;
      case GENDER_MAN -> Gender.MAN;
      case GENDER_NONBINARY -> Gender.NONBINARY;
      case UNRECOGNIZED -> throw Failures.invalid("gender", "is unknown", "the listed values");
    };
  }

  static parley.proto.domain.v1.MemberKind kind(MemberKind kind) {
    return switch (kind) {
      case PERSON -> parley.proto.domain.v1.MemberKind.MEMBER_KIND_PERSON;
      case AI -> parley.proto.domain.v1.MemberKind.MEMBER_KIND_AI;
    };
  }

  static MemberKind kind(parley.proto.domain.v1.MemberKind kind) {
    return switch (kind) {
      case MEMBER_KIND_PERSON -> MemberKind.PERSON;
      case MEMBER_KIND_AI -> MemberKind.AI;
      case MEMBER_KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException("kind of member is " + kind + ", expected person or AI");
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
      case COHORT_ADULT -> Cohort.ADULT;
      case COHORT_UNSPECIFIED, UNRECOGNIZED ->
          throw Failures.invalid("cohort", "is unknown", "the listed values");
    };
  }

  static com.google.protobuf.Duration duration(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.toSeconds())
        .setNanos(duration.toNanosPart())
        .build();
  }

  static Duration duration(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }
}
