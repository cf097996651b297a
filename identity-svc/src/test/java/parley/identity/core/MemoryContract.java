package parley.identity.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.Gender;
import parley.domain.ParticipantId;
import parley.identity.core.port.FamilyNumbers.Advance;
import parley.identity.core.port.Remembered;

/// What every memory of identity-svc promises: run on the one that tests hold, and on Redis.
public abstract class MemoryContract {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SHORT = Duration.ofMillis(200);

  private final SecureRandom random = new SecureRandom();
  private final FamilyId family = FamilyId.random(random);
  private final DeviceId device = DeviceId.random(random);
  private final ParticipantId participant = ParticipantId.random(random);
  private Remembered memory;

  protected abstract Remembered memory();

  /// Returns when so much time has passed for the memory.
  protected abstract void pass(Duration time);

  @BeforeEach
  void open() {
    memory = memory();
  }

  @Test
  void eachNumberHasItsSuccessorAndTheLastMayComeAgain() {
    memory.families().begin(family, device, DAY);

    assertThat(present(1)).isEqualTo(new Advance.Advanced(2));
    assertThat(present(1)).isEqualTo(new Advance.Advanced(2));
    assertThat(present(1)).isEqualTo(new Advance.Advanced(2));
    assertThat(present(2)).isEqualTo(new Advance.Advanced(3));
  }

  @Test
  void aNumberThatWasSucceededEndsTheFamilyForEveryNumber() {
    memory.families().begin(family, device, DAY);
    present(1);
    present(2);

    assertThat(present(1)).isEqualTo(new Advance.Reused());
    assertThat(present(2)).as("also for who holds the newest").isEqualTo(new Advance.Reused());
    assertThat(present(3)).isEqualTo(new Advance.Reused());
    memory.families().end(family, device);
    assertThat(present(3)).isEqualTo(new Advance.Over());
  }

  @Test
  void aClosedFamilyTakesNoNumberUntilItIsEnded() {
    memory.families().begin(family, device, DAY);
    present(1);
    memory.families().close(family, device, DAY);

    assertThat(present(2)).isEqualTo(new Advance.Reused());
    memory.families().end(family, device);
    assertThat(present(2)).isEqualTo(new Advance.Over());
  }

  @Test
  void aNumberAheadOfWhatIsKnownCountsAsNext() {
    memory.families().begin(family, device, DAY);

    assertThat(present(7)).isEqualTo(new Advance.Advanced(8));
    assertThat(present(6)).isEqualTo(new Advance.Reused());
  }

  @Test
  void numbersOfTwoDigitsAreComparedAsNumbers() {
    memory.families().begin(family, device, DAY);
    present(9);

    assertThat(present(10)).isEqualTo(new Advance.Advanced(11));
    assertThat(present(9)).isEqualTo(new Advance.Reused());
  }

  @Test
  void aFamilyThatNeverBeganOrEndedIsOver() {
    assertThat(present(1)).isEqualTo(new Advance.Over());
    memory.families().begin(family, device, DAY);
    memory.families().end(family, device);
    assertThat(present(1)).isEqualTo(new Advance.Over());
  }

  @Test
  void anIdleFamilyIsOverAndPresentingPutsItOff() {
    memory.families().begin(family, device, SHORT);
    memory.families().advance(family, device, 1, DAY);
    pass(SHORT);
    assertThat(memory.families().advance(family, device, 2, SHORT))
        .isEqualTo(new Advance.Advanced(3));
    pass(SHORT);
    assertThat(present(3)).isEqualTo(new Advance.Over());
  }

  @Test
  void anAgeRefusalIsKeptForItsDeviceAloneAndNotForEver() {
    memory.devices().rememberAgeRefusal(device, SHORT);

    assertThat(memory.devices().refusedForAge(device)).isTrue();
    assertThat(memory.devices().refusedForAge(DeviceId.random(random))).isFalse();
    pass(SHORT);
    assertThat(memory.devices().refusedForAge(device)).isFalse();
  }

  @Test
  void aStatedGenderChangesOnceAndThenHoldsForItsTime() {
    assertThat(memory.devices().stateGender(device, Gender.WOMAN, DAY))
        .isEqualTo(new GenderInForce(Gender.WOMAN, Duration.ZERO));
    assertThat(memory.devices().stateGender(device, Gender.WOMAN, DAY).changesIn()).isZero();

    assertThat(memory.devices().stateGender(device, Gender.MAN, DAY))
        .isEqualTo(new GenderInForce(Gender.MAN, DAY));

    GenderInForce held = memory.devices().stateGender(device, Gender.NONBINARY, DAY);
    assertThat(held.gender()).isEqualTo(Gender.MAN);
    assertThat(held.changesIn()).isBetween(DAY.minusMinutes(1), DAY);
  }

  @Test
  void aGuestChangesOnceAndAskingAgainGivesTheSame() {
    assertThat(change(Optional.empty())).isEqualTo(new GenderInForce(Gender.WOMAN, Duration.ZERO));
    assertThat(change(Optional.of(Gender.WOMAN)))
        .isEqualTo(new GenderInForce(Gender.WOMAN, Duration.ZERO));

    assertThat(change(Optional.of(Gender.MAN)).gender()).isEqualTo(Gender.MAN);
    assertThat(change(Optional.of(Gender.MAN)).gender()).isEqualTo(Gender.MAN);
    assertThat(change(Optional.empty()).gender())
        .as("what the device said last is in force for its other guests")
        .isEqualTo(Gender.MAN);
    assertThat(change(Optional.of(Gender.WOMAN)).gender()).isEqualTo(Gender.MAN);
    assertThat(change(Optional.of(Gender.WOMAN)).changesIn()).isPositive();
  }

  @Test
  void aGenderMayChangeAgainWhenItsTimeIsOver() {
    memory.devices().changeGender(device, Gender.WOMAN, Optional.of(Gender.MAN), SHORT);
    pass(SHORT);

    assertThat(memory.devices().changeGender(device, Gender.MAN, Optional.of(Gender.WOMAN), DAY))
        .isEqualTo(new GenderInForce(Gender.WOMAN, DAY));
  }

  @Test
  void aBanLastsAsLongAsItSays() {
    assertThat(memory.bans().banned(participant)).isFalse();
    assertThat(memory.bans().left(device)).isEmpty();

    memory.bans().ban(participant, SHORT);
    memory.bans().ban(device, DAY);

    assertThat(memory.bans().banned(participant)).isTrue();
    assertThat(memory.bans().left(device).orElseThrow()).isBetween(DAY.minusMinutes(1), DAY);
    pass(SHORT);
    assertThat(memory.bans().banned(participant)).isFalse();
    memory.bans().ban(device, SHORT);
    pass(SHORT);
    assertThat(memory.bans().left(device))
        .as("a shorter ban took the longer one's place")
        .isEmpty();
  }

  @Test
  void guestsAreCounted() {
    assertThat(memory.challenges().pace().guestsWithinMinute()).isZero();
    memory.challenges().countGuest();
    memory.challenges().countGuest();
    assertThat(memory.challenges().pace().guestsWithinMinute()).isEqualTo(2);
  }

  @Test
  void aNonceIsSpentOnceAndOnlyWhileItIsFresh() {
    Nonce nonce = nonce(memory.challenges().pace().nowMillis());

    assertThat(memory.challenges().spend(nonce, DAY)).isTrue();
    assertThat(memory.challenges().spend(nonce, DAY)).isFalse();
    assertThat(memory.challenges().spend(nonce(nonce.madeAtMillis()), DAY)).isTrue();
    assertThat(memory.challenges().spend(nonce(nonce.madeAtMillis() - DAY.toMillis()), DAY))
        .isFalse();
  }

  private Advance present(long number) {
    return memory.families().advance(family, device, number, DAY);
  }

  private GenderInForce change(Optional<Gender> asked) {
    return memory.devices().changeGender(device, Gender.WOMAN, asked, DAY);
  }

  private Nonce nonce(long madeAtMillis) {
    byte[] id = new byte[Nonce.ID_BYTES];
    random.nextBytes(id);
    return Nonce.of(id, madeAtMillis, 0);
  }
}
