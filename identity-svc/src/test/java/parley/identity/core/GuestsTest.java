package parley.identity.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.Gender;
import parley.domain.MemberKind;
import parley.identity.core.GuestOutcome.Challenged;
import parley.identity.core.GuestOutcome.Made;
import parley.identity.core.GuestWish.ChallengeAnswer;
import parley.identity.core.GuestWish.ClaimedDevice;
import parley.identity.core.WorkRule.Asked;
import parley.testing.HeldClock;

class GuestsTest {
  private static final int BITS = 6;

  private final HeldClock clock = HeldClock.at("2026-06-01T12:00:00Z");
  private final MemoryHere memory = MemoryHere.by(clock);
  private final PlainForms forms = new PlainForms();
  private final RandomGenerator random = new SecureRandom();
  private final TestDevice device = TestDevice.make();
  private Guests guests = guests(Rules.OPEN);

  @Test
  void anAdultWhoAcceptsTheTermsIsAGuestOnADeviceOfItsOwn() {
    Made made = made(guests.create(wish(1990)));

    assertThat(made.who().cohort()).isEqualTo(Cohort.ADULT);
    assertThat(made.who().kind()).isEqualTo(MemberKind.PERSON);
    assertThat(made.who().gender()).isEqualTo(Gender.WOMAN);
    assertThat(made.tokens().access()).isEqualTo(made.who() + " for PT10M");
    assertThat(made.tokens().toString()).as("nothing that a log may tell").isEqualTo("Tokens[…]");
    assertThat(made(guests.create(wish(1990))).who().device()).isNotEqualTo(made.who().device());
  }

  @Test
  void withoutTheCurrentTermsNobodyIsAGuest() {
    GuestWish outdated = new GuestWish(1990, "2025-01", Gender.UNSTATED, null, null);

    assertThat(guests.create(outdated))
        .isEqualTo(new GuestOutcome.TermsOutdated(Rules.TERMS, "/terms"));
  }

  @Test
  void whoIsTooYoungIsToldTheMinimumAge() {
    assertThat(guests.create(wish(2008))).isEqualTo(new GuestOutcome.UnderAge(18));
  }

  @Test
  void aDeviceIsNamedByItsKeyAndSurvivesANewGuest() {
    Made first = made(proven(1990, device));
    Made second = made(proven(1990, device));

    assertThat(first.who().device()).isEqualTo(device.key().deviceId());
    assertThat(second.who().device()).isEqualTo(first.who().device());
    assertThat(second.who().participant()).isNotEqualTo(first.who().participant());
  }

  @Test
  void aClaimedDeviceMustSignOverANonceOfOurs() {
    GuestWish unsigned = wish(1990, new ClaimedDevice(device.key(), new byte[0]), null);
    Challenged challenged = challenged(guests.create(unsigned));
    assertThat(challenged.workBits()).isZero();
    assertThat(challenged.deviceRequired()).isFalse();

    byte[] foreign = TestDevice.make().sign(challenged.nonce());
    assertThat(guests.create(answered(1990, new ClaimedDevice(device.key(), foreign), challenged)))
        .isEqualTo(new GuestOutcome.SignatureWrong());
    byte[] own = {1, 2, 3};
    GuestWish ownNonce =
        wish(1990, new ClaimedDevice(device.key(), device.sign(own)), new ChallengeAnswer(own, 0));
    assertThat(guests.create(ownNonce)).isInstanceOf(Challenged.class);
  }

  @Test
  void aNonceIsGoodForOneGuestAndForTwoMinutes() {
    Challenged spent = challenged(guests.create(claim(1990)));
    made(guests.create(signed(1990, spent)));
    assertThat(guests.create(signed(1990, spent))).isInstanceOf(Challenged.class);

    Challenged last = challenged(guests.create(claim(1990)));
    clock.pass(Duration.ofMinutes(2).minusMillis(1));
    made(guests.create(signed(1990, last)));

    Challenged stale = challenged(guests.create(claim(1990)));
    clock.pass(Duration.ofMinutes(2));
    assertThat(guests.create(signed(1990, stale))).isInstanceOf(Challenged.class);
  }

  @Test
  void anAgeRefusalIsRememberedByDeviceForADayWhateverIsSaidThen() {
    assertThat(proven(2010, device)).isEqualTo(new GuestOutcome.UnderAge(18));
    assertThat(proven(1990, device)).isEqualTo(new GuestOutcome.UnderAge(18));
    assertThat(proven(1990, TestDevice.make())).isInstanceOf(Made.class);

    clock.pass(Duration.ofDays(1));

    assertThat(proven(1990, device)).isInstanceOf(Made.class);
  }

  @Test
  void nobodyGetsADeviceRefusedByKnowingItsPublicKey() {
    guests.create(claim(2010));

    assertThat(proven(1990, device)).isInstanceOf(Made.class);
  }

  @Test
  void aBannedDeviceMakesNoGuestUntilTheBanEnds() {
    memory.remembered().bans().ban(device.key().deviceId(), Duration.ofHours(2));
    assertThat(proven(1990, device)).isEqualTo(new GuestOutcome.Banned(Duration.ofHours(2)));

    clock.pass(Duration.ofHours(2));
    assertThat(proven(1990, device)).isInstanceOf(Made.class);
  }

  @Test
  void whereADeviceIsRequiredNobodyIsAGuestWithout() {
    guests = guests(Rules.guests(true, Rules.OPEN.work()));

    Challenged challenged = challenged(guests.create(wish(1990)));
    assertThat(challenged.deviceRequired()).isTrue();
    assertThat(guests.create(answered(1990, null, challenged))).isInstanceOf(Challenged.class);
    assertThat(guests.create(signed(1990, challenged))).isInstanceOf(Made.class);
  }

  @Test
  void workThatIsAskedForMustBeDone() {
    guests = guests(Rules.guests(false, new WorkRule(Asked.ALWAYS, BITS, 1)));
    Challenged challenged = challenged(guests.create(wish(1990)));
    assertThat(challenged.workBits()).isEqualTo(BITS);

    long counter = work(challenged.nonce());
    assertThat(guests.create(answered(challenged, lazy(challenged.nonce()))))
        .isInstanceOf(Challenged.class);
    assertThat(guests.create(answered(challenged, counter))).isInstanceOf(Made.class);
    assertThat(guests.create(answered(challenged, counter)))
        .as("the same work once more")
        .isInstanceOf(Challenged.class);
  }

  @Test
  void overTheRateWorkIsAskedForAndNoncesFromCalmerTimesDoNotDo() {
    guests = guests(Rules.guests(false, new WorkRule(Asked.OVER_RATE, BITS, 3)));
    Challenged calm = challenged(guests.create(claim(1990)));
    assertThat(calm.workBits()).isZero();
    for (int i = 0; i < 3; i++) {
      assertThat(guests.create(wish(1990))).isInstanceOf(Made.class);
    }

    assertThat(challenged(guests.create(wish(1990))).workBits()).isEqualTo(BITS);
    assertThat(challenged(guests.create(signed(1990, calm))).workBits()).isEqualTo(BITS);
    clock.pass(Duration.ofMinutes(1));
    assertThat(guests.create(wish(1990))).as("a minute later").isInstanceOf(Made.class);
  }

  @Test
  void theGenderOfADeviceChangesOnceADayAlsoThroughNewGuests() {
    assertThat(gender(proven(1990, Gender.WOMAN))).isEqualTo(Gender.WOMAN);
    assertThat(gender(proven(1990, Gender.MAN))).isEqualTo(Gender.MAN);
    Made third = made(proven(1990, Gender.WOMAN));

    assertThat(third.who().gender()).isEqualTo(Gender.MAN);
    assertThat(third.gender().changesIn()).isPositive();
  }

  @Test
  void aRefusedWishIsNotCountedAsAGuest() {
    guests.create(wish(2010));
    guests.create(new GuestWish(1990, "", Gender.UNSTATED, null, null));
    guests.create(claim(1990));

    assertThat(memory.remembered().challenges().pace().guestsWithinMinute()).isZero();
  }

  private Guests guests(GuestRules rules) {
    AgeRule ages = new AgeRule(Cohort.ADULT, clock);
    Families families = new Families(Rules.TOKENS, ages, memory.remembered(), forms, random);
    return new Guests(rules, ages, memory.remembered(), forms, families, random);
  }

  private GuestOutcome proven(int birthYear, TestDevice by) {
    Challenged challenged =
        challenged(guests.create(wish(birthYear, new ClaimedDevice(by.key(), new byte[0]), null)));
    ClaimedDevice claimed = new ClaimedDevice(by.key(), by.sign(challenged.nonce()));
    return guests.create(answered(birthYear, claimed, challenged));
  }

  private GuestOutcome proven(int birthYear, Gender gender) {
    Challenged challenged = challenged(guests.create(claim(birthYear)));
    GuestWish signed = signed(birthYear, challenged);
    return guests.create(
        new GuestWish(birthYear, Rules.TERMS, gender, signed.device(), signed.answer()));
  }

  private GuestWish claim(int birthYear) {
    return wish(birthYear, new ClaimedDevice(device.key(), new byte[0]), null);
  }

  private GuestWish signed(int birthYear, Challenged challenged) {
    ClaimedDevice claimed = new ClaimedDevice(device.key(), device.sign(challenged.nonce()));
    return answered(birthYear, claimed, challenged);
  }

  private static GuestWish answered(Challenged challenged, long counter) {
    return wish(1990, null, new ChallengeAnswer(challenged.nonce(), counter));
  }

  private static GuestWish answered(
      int birthYear, @Nullable ClaimedDevice claimed, Challenged challenged) {
    return wish(birthYear, claimed, new ChallengeAnswer(challenged.nonce(), 0));
  }

  private static GuestWish wish(int birthYear) {
    return wish(birthYear, null, null);
  }

  private static GuestWish wish(
      int birthYear, @Nullable ClaimedDevice device, @Nullable ChallengeAnswer answer) {
    return new GuestWish(birthYear, Rules.TERMS, Gender.WOMAN, device, answer);
  }

  private static long work(byte[] nonce) {
    long counter = 0;
    while (!Work.isDone(nonce, counter, BITS)) {
      counter++;
    }
    return counter;
  }

  /// The first counter that is not worked for enough.
  private static long lazy(byte[] nonce) {
    long counter = 0;
    while (Work.isDone(nonce, counter, BITS)) {
      counter++;
    }
    return counter;
  }

  private static Gender gender(GuestOutcome outcome) {
    return made(outcome).who().gender();
  }

  private static Made made(GuestOutcome outcome) {
    return assertThat(outcome).asInstanceOf(InstanceOfAssertFactories.type(Made.class)).actual();
  }

  private static Challenged challenged(GuestOutcome outcome) {
    return assertThat(outcome)
        .asInstanceOf(InstanceOfAssertFactories.type(Challenged.class))
        .actual();
  }
}
