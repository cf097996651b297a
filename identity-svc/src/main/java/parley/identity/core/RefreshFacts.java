package parley.identity.core;

import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.Gender;
import parley.domain.MemberKind;
import parley.domain.ParticipantId;

/// What a refresh token says. The same facts always make the same token.
public record RefreshFacts(
    FamilyId family,
    long number,
    ParticipantId participant,
    DeviceId device,
    int birthYear,
    Gender gender,
    MemberKind kind) {

  RefreshFacts successor(long nextNumber, Gender inForce) {
    return new RefreshFacts(family, nextNumber, participant, device, birthYear, inForce, kind);
  }
}
