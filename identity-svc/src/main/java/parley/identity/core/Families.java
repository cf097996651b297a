package parley.identity.core;

import java.util.Optional;
import java.util.random.RandomGenerator;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.Gender;
import parley.domain.MemberKind;
import parley.domain.ParticipantId;
import parley.domain.Principal;
import parley.identity.core.RenewOutcome.FamilyRevoked;
import parley.identity.core.RenewOutcome.Why;
import parley.identity.core.port.Bans;
import parley.identity.core.port.Devices;
import parley.identity.core.port.FamilyNumbers;
import parley.identity.core.port.FamilyNumbers.Advance.Advanced;
import parley.identity.core.port.FamilyNumbers.Advance.Over;
import parley.identity.core.port.FamilyNumbers.Advance.Reused;
import parley.identity.core.port.Remembered;
import parley.identity.core.port.RevocationLog;
import parley.identity.core.port.TokenForms;

/// A guest's tokens from the first to the last: a refresh token is exchanged for its successor; who
/// copied one loses it.
public final class Families {
  private final TokenRules rules;
  private final AgeRule ages;
  private final FamilyNumbers numbers;
  private final Devices devices;
  private final Bans bans;
  private final RevocationLog revocations;
  private final TokenForms forms;
  private final RandomGenerator random;

  public Families(
      TokenRules rules,
      AgeRule ages,
      Remembered remembered,
      TokenForms forms,
      RandomGenerator random) {
    this.rules = rules;
    this.ages = ages;
    this.numbers = remembered.families();
    this.devices = remembered.devices();
    this.bans = remembered.bans();
    this.revocations = remembered.revocations();
    this.forms = forms;
    this.random = random;
  }

  /// A new participant on this device, with the first tokens of a new family.
  GuestOutcome.Made begin(DeviceId device, int birthYear, Cohort cohort, Gender stated) {
    GenderInForce gender = devices.stateGender(device, stated, rules.genderKept());
    RefreshFacts first =
        new RefreshFacts(
            FamilyId.random(random),
            1,
            ParticipantId.random(random),
            device,
            birthYear,
            gender.gender(),
            MemberKind.PERSON);
    numbers.begin(first.family(), device, rules.refreshIdle());
    Principal who = principal(first, cohort);
    return new GuestOutcome.Made(who, tokens(who, first), gender);
  }

  /// Presents a refresh token. The same token with the same wish gives the same refresh token
  /// again, as long as that one was never presented.
  ///
  /// @param asked a new gender; empty to leave it
  public RenewOutcome renew(String refreshToken, Optional<Gender> asked) {
    Optional<RefreshFacts> presented = forms.openRefresh(refreshToken);
    if (presented.isEmpty()) {
      return new FamilyRevoked(Why.UNREADABLE);
    }
    RefreshFacts facts = presented.get();
    return switch (numbers.advance(
        facts.family(), facts.device(), facts.number(), rules.refreshIdle())) {
      case Advanced(long successor) -> succeed(facts, successor, asked);
      case Reused() -> revoke(facts, Why.REUSED);
      case Over() -> new FamilyRevoked(Why.OVER);
    };
  }

  /// Ends the family of this caller. May be repeated.
  public void revoke(Principal who) {
    end(who.family(), who.device());
  }

  private RenewOutcome succeed(RefreshFacts facts, long successor, Optional<Gender> asked) {
    Optional<Cohort> cohort = ages.cohort(facts.birthYear());
    if (cohort.isEmpty()) {
      return revoke(facts, Why.UNDER_AGE);
    }
    if (bans.banned(facts.participant()) || bans.left(facts.device()).isPresent()) {
      return revoke(facts, Why.BANNED);
    }
    GenderInForce gender =
        devices.changeGender(facts.device(), facts.gender(), asked, rules.genderKept());
    RefreshFacts next = facts.successor(successor, gender.gender());
    Principal who = principal(next, cohort.get());
    return new RenewOutcome.Renewed(who, tokens(who, next), gender);
  }

  private RenewOutcome revoke(RefreshFacts facts, Why why) {
    end(facts.family(), facts.device());
    return new FamilyRevoked(why);
  }

  /// Closed first, then told, then forgotten: wherever that breaks off, no token of the family is
  /// renewed, and the next who tries tells again.
  private void end(FamilyId family, DeviceId device) {
    numbers.close(family, device, rules.refreshIdle());
    revocations.revoke(family);
    numbers.end(family, device);
  }

  private Tokens tokens(Principal who, RefreshFacts facts) {
    return new Tokens(forms.access(who, rules.accessLife()), forms.refresh(facts));
  }

  private static Principal principal(RefreshFacts facts, Cohort cohort) {
    return new Principal(
        facts.participant(), facts.device(), facts.family(), cohort, facts.gender(), facts.kind());
  }
}
