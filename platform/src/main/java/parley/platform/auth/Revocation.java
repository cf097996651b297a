package parley.platform.auth;

import java.util.Optional;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.ParticipantId;
import parley.domain.Principal;

/// Tokens that count no more: those of one family, of one participant, or of one device. Exactly
/// one of the three is there.
public record Revocation(
    Optional<FamilyId> family, Optional<ParticipantId> participant, Optional<DeviceId> device) {
  public Revocation {
    long subjects =
        family.stream().count() + participant.stream().count() + device.stream().count();
    if (subjects != 1) {
      throw new IllegalArgumentException("revocation has " + subjects + " subjects, expected one");
    }
  }

  public static Revocation of(FamilyId family) {
    return new Revocation(Optional.of(family), Optional.empty(), Optional.empty());
  }

  public static Revocation of(ParticipantId participant) {
    return new Revocation(Optional.empty(), Optional.of(participant), Optional.empty());
  }

  public static Revocation of(DeviceId device) {
    return new Revocation(Optional.empty(), Optional.empty(), Optional.of(device));
  }

  /// Whether this principal's tokens are among them.
  public boolean covers(Principal who) {
    return family.filter(who.family()::equals).isPresent()
        || participant.filter(who.participant()::equals).isPresent()
        || device.filter(who.device()::equals).isPresent();
  }

  /// The id that is there; the ids' types differ, so ids of different kinds are never equal.
  Record subject() {
    return family.<Record>map(id -> id).or(() -> participant).or(() -> device).orElseThrow();
  }
}
