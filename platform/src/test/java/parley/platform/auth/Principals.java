package parley.platform.auth;

import java.security.SecureRandom;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.Gender;
import parley.domain.MemberKind;
import parley.domain.ParticipantId;
import parley.domain.Principal;

/// Principals for tests.
final class Principals {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Principals() {}

  static Principal anyone() {
    return new Principal(
        ParticipantId.random(RANDOM),
        DeviceId.random(RANDOM),
        FamilyId.random(RANDOM),
        Cohort.ADULT,
        Gender.WOMAN,
        MemberKind.PERSON);
  }
}
