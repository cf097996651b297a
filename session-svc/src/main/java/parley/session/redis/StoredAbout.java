package parley.session.redis;

import com.google.protobuf.InvalidProtocolBufferException;
import parley.domain.Cohort;
import parley.domain.CorrelationId;
import parley.domain.MemberKind;
import parley.domain.Mode;
import parley.proto.storage.session.v1.SessionAbout;
import parley.session.core.About;

/// What is kept beside a session, as `parley.storage.session.v1.SessionAbout`.
final class StoredAbout {
  private StoredAbout() {}

  static byte[] write(About about) {
    SessionAbout.Builder out =
        SessionAbout.newBuilder()
            .setMode(
                switch (about.mode()) {
                  case TEXT -> parley.proto.domain.v1.Mode.MODE_TEXT;
                  case VOICE -> parley.proto.domain.v1.Mode.MODE_VOICE;
                  case VIDEO -> parley.proto.domain.v1.Mode.MODE_VIDEO;
                })
            .setCohort(
                switch (about.cohort()) {
                  case FROM_13 -> parley.proto.domain.v1.Cohort.COHORT_13_15;
                  case FROM_16 -> parley.proto.domain.v1.Cohort.COHORT_16_17;
                  case ADULT -> parley.proto.domain.v1.Cohort.COHORT_ADULT;
                })
            .setCorrelationId(about.match().text());
    for (MemberKind kind : about.kinds()) {
      out.addKinds(
          switch (kind) {
            case PERSON -> parley.proto.domain.v1.MemberKind.MEMBER_KIND_PERSON;
            case AI -> parley.proto.domain.v1.MemberKind.MEMBER_KIND_AI;
          });
    }
    return out.build().toByteArray();
  }

  /// @throws IllegalArgumentException if it is none
  static About read(byte[] bytes) {
    try {
      SessionAbout stored = SessionAbout.parseFrom(bytes);
      return new About(
          mode(stored.getMode()),
          cohort(stored.getCohort()),
          stored.getKindsList().stream().map(StoredAbout::kind).toList(),
          new CorrelationId(stored.getCorrelationId()));
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalArgumentException(bytes.length + " bytes say nothing of a session", broken);
    }
  }

  private static Mode mode(parley.proto.domain.v1.Mode mode) {
    return switch (mode) {
      case MODE_VOICE -> Mode.VOICE;
      case MODE_VIDEO -> Mode.VIDEO;
      case MODE_TEXT, MODE_UNSPECIFIED, UNRECOGNIZED -> Mode.TEXT;
    };
  }

  private static Cohort cohort(parley.proto.domain.v1.Cohort cohort) {
    return switch (cohort) {
      case COHORT_13_15 -> Cohort.FROM_13;
      case COHORT_16_17 -> Cohort.FROM_16;
      case COHORT_ADULT, COHORT_UNSPECIFIED, UNRECOGNIZED -> Cohort.ADULT;
    };
  }

  private static MemberKind kind(parley.proto.domain.v1.MemberKind kind) {
    return switch (kind) {
      case MEMBER_KIND_AI -> MemberKind.AI;
      case MEMBER_KIND_PERSON, MEMBER_KIND_UNSPECIFIED, UNRECOGNIZED -> MemberKind.PERSON;
    };
  }
}
