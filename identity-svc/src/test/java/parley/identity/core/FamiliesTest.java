package parley.identity.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.Gender;
import parley.domain.Principal;
import parley.identity.core.GuestOutcome.Made;
import parley.identity.core.RenewOutcome.FamilyRevoked;
import parley.identity.core.RenewOutcome.Renewed;
import parley.identity.core.RenewOutcome.Why;
import parley.testing.HeldClock;

class FamiliesTest {
  private static final Optional<Gender> AS_IS = Optional.empty();

  private final HeldClock clock = HeldClock.at("2026-12-31T12:00:00Z");
  private final MemoryHere memory = MemoryHere.by(clock);
  private final PlainForms forms = new PlainForms();
  private final SecureRandom random = new SecureRandom();
  private final Families families = families(Cohort.ADULT);

  private Principal who;
  private String first;

  @BeforeEach
  void begin() {
    Made made = families.begin(DeviceId.random(random), 1990, Cohort.ADULT, Gender.WOMAN);
    who = made.who();
    first = made.tokens().refresh();
  }

  @Test
  void aTokenIsExchangedForItsSuccessorAndTheGuestStaysTheSame() {
    Renewed second = renewed(families.renew(first, AS_IS));
    Renewed third = renewed(families.renew(second.tokens().refresh(), AS_IS));

    assertThat(second.who()).isEqualTo(who);
    assertThat(third.who()).isEqualTo(who);
    assertThat(third.tokens().refresh())
        .isNotEqualTo(second.tokens().refresh())
        .isNotEqualTo(first);
  }

  @Test
  void aLostAnswerIsGivenAgainAsOftenAsAsked() {
    String successor = successor(first, AS_IS);

    assertThat(successor(first, AS_IS)).isEqualTo(successor);
    assertThat(successor(first, AS_IS)).isEqualTo(successor);
    assertThat(successor(successor, AS_IS)).isNotEqualTo(successor);
    assertThat(memory.revocations().subjects()).isEmpty();
  }

  @Test
  void aLostAnswerToAChangeOfGenderIsGivenAgainTheSame() {
    String successor = successor(first, Optional.of(Gender.MAN));

    assertThat(successor(first, Optional.of(Gender.MAN))).isEqualTo(successor);
    assertThat(successor(first, AS_IS)).isEqualTo(successor);
    assertThat(successor(first, Optional.of(Gender.NONBINARY))).isEqualTo(successor);
  }

  @Test
  void aTokenThatWasSucceededRevokesTheFamilyForTheThiefAndTheOwner() {
    String second = successor(first, AS_IS);
    String third = successor(second, AS_IS);

    assertThat(families.renew(first, AS_IS)).isEqualTo(new FamilyRevoked(Why.REUSED));
    assertThat(memory.revocations().subjects()).containsExactly(who.family());
    assertThat(families.renew(third, AS_IS)).isEqualTo(new FamilyRevoked(Why.OVER));
    assertThat(families.renew(second, AS_IS)).isEqualTo(new FamilyRevoked(Why.OVER));
    assertThat(memory.revocations().subjects()).as("told once").hasSize(1);
  }

  @Test
  void aFamilyIdleForADayIsOverAndEachRefreshPutsItOff() {
    clock.pass(Duration.ofHours(23));
    String second = successor(first, AS_IS);
    clock.pass(Duration.ofHours(23));
    String third = successor(second, AS_IS);

    clock.pass(Duration.ofHours(24));
    assertThat(families.renew(third, AS_IS)).isEqualTo(new FamilyRevoked(Why.OVER));
  }

  @Test
  void aTextThatWeNeverSealedIsNoToken() {
    assertThat(families.renew("forged", AS_IS)).isEqualTo(new FamilyRevoked(Why.UNREADABLE));
    assertThat(renewed(families.renew(first, AS_IS)).who()).isEqualTo(who);
  }

  @Test
  void aRevokedFamilyIsOverAndMayBeRevokedAgain() {
    families.revoke(who);
    families.revoke(who);

    assertThat(families.renew(first, AS_IS)).isEqualTo(new FamilyRevoked(Why.OVER));
    assertThat(memory.revocations().subjects()).contains(who.family());
  }

  @Test
  void aFamilyWhoseEndCouldNotBeToldIsClosedAndToldByWhoTriesNext() {
    memory.revocations().away = true;
    assertThatThrownBy(() -> families.revoke(who)).hasMessage("away");
    memory.revocations().away = false;

    assertThat(families.renew(first, AS_IS)).isEqualTo(new FamilyRevoked(Why.REUSED));
    assertThat(memory.revocations().subjects()).containsExactly(who.family());
  }

  @Test
  void aBannedGuestAndEveryGuestOfABannedDeviceGetsNoSuccessor() {
    Made other = families.begin(DeviceId.random(random), 1990, Cohort.ADULT, Gender.MAN);
    Banning banning = new Banning(memory.remembered().bans(), memory.revocations());
    banning.ban(who.participant(), Duration.ofHours(1));
    banning.ban(other.who().device(), Duration.ofHours(1));

    assertThat(memory.revocations().subjects())
        .containsExactly(who.participant(), other.who().device());
    assertThat(families.renew(first, AS_IS)).isEqualTo(new FamilyRevoked(Why.BANNED));
    assertThat(families.renew(other.tokens().refresh(), AS_IS))
        .isEqualTo(new FamilyRevoked(Why.BANNED));
    clock.pass(Duration.ofHours(1));
    assertThat(families.renew(first, AS_IS))
        .as("the family ended with the ban's first refusal")
        .isEqualTo(new FamilyRevoked(Why.OVER));
  }

  @Test
  void theCohortIsComputedAtEachRefresh() {
    Families open = families(Cohort.FROM_16);
    Made young = open.begin(DeviceId.random(random), 2008, Cohort.FROM_16, Gender.UNSTATED);
    clock.pass(Duration.ofHours(13));

    assertThat(renewed(open.renew(young.tokens().refresh(), AS_IS)).who().cohort())
        .isEqualTo(Cohort.ADULT);
  }

  @Test
  void aCohortThatWasClosedEndsItsFamilies() {
    Made young =
        families(Cohort.FROM_16)
            .begin(DeviceId.random(random), 2009, Cohort.FROM_16, Gender.UNSTATED);

    assertThat(families.renew(young.tokens().refresh(), AS_IS))
        .isEqualTo(new FamilyRevoked(Why.UNDER_AGE));
    assertThat(memory.revocations().subjects()).containsExactly(young.who().family());
  }

  @Test
  void genderChangesOnceADayAndTheAnswerSaysWhichIsInForce() {
    Renewed changed = renewed(families.renew(first, Optional.of(Gender.MAN)));
    assertThat(changed.who().gender()).isEqualTo(Gender.MAN);
    assertThat(changed.gender().changesIn()).isEqualTo(Duration.ofDays(1));

    clock.pass(Duration.ofHours(20));
    Renewed held =
        renewed(families.renew(changed.tokens().refresh(), Optional.of(Gender.NONBINARY)));
    assertThat(held.who().gender()).isEqualTo(Gender.MAN);
    assertThat(held.gender().changesIn()).isEqualTo(Duration.ofHours(4));

    clock.pass(Duration.ofHours(4));
    Renewed free = renewed(families.renew(held.tokens().refresh(), Optional.of(Gender.NONBINARY)));
    assertThat(free.who().gender()).isEqualTo(Gender.NONBINARY);
  }

  private Families families(Cohort youngest) {
    return new Families(
        Rules.TOKENS, new AgeRule(youngest, clock), memory.remembered(), forms, random);
  }

  private String successor(String token, Optional<Gender> asked) {
    return renewed(families.renew(token, asked)).tokens().refresh();
  }

  private static Renewed renewed(RenewOutcome outcome) {
    return assertThat(outcome).asInstanceOf(InstanceOfAssertFactories.type(Renewed.class)).actual();
  }
}
