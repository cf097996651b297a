package parley.identity.core;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.identity.core.GuestOutcome.Challenged;
import parley.identity.core.GuestWish.ChallengeAnswer;
import parley.identity.core.GuestWish.ClaimedDevice;
import parley.identity.core.port.Bans;
import parley.identity.core.port.Challenges;
import parley.identity.core.port.Devices;
import parley.identity.core.port.Remembered;
import parley.identity.core.port.TokenForms;

/// Makes guests: terms, then challenge, then ban and age, then tokens. What needs a proven device
/// is asked after the proof, so that nobody can speak for a device whose key they only know.
public final class Guests {
  private final GuestRules rules;
  private final AgeRule ages;
  private final Challenges challenges;
  private final Devices devices;
  private final Bans bans;
  private final TokenForms forms;
  private final Families families;
  private final RandomGenerator random;

  public Guests(
      GuestRules rules,
      AgeRule ages,
      Remembered remembered,
      TokenForms forms,
      Families families,
      RandomGenerator random) {
    this.rules = rules;
    this.ages = ages;
    this.challenges = remembered.challenges();
    this.devices = remembered.devices();
    this.bans = remembered.bans();
    this.forms = forms;
    this.families = families;
    this.random = random;
  }

  public GuestOutcome create(GuestWish wish) {
    if (!rules.terms().equals(wish.acceptedTerms())) {
      return new GuestOutcome.TermsOutdated(rules.terms(), rules.termsAt());
    }
    Challenges.Pace pace = challenges.pace();
    int workBits = rules.work().bitsAt(pace.guestsWithinMinute());
    if (workBits == 0 && !rules.deviceRequired() && wish.device() == null) {
      return admit(wish, DeviceId.random(random));
    }
    return challenge(wish, workBits, pace.nowMillis());
  }

  private GuestOutcome challenge(GuestWish wish, int workBits, long nowMillis) {
    Challenged challenged = challenged(workBits, nowMillis);
    ChallengeAnswer answer = wish.answer();
    Nonce nonce = worked(answer, workBits);
    if (answer == null || nonce == null || !signs(wish.device())) {
      return challenged;
    }
    ClaimedDevice device = wish.device();
    if (device != null && !device.key().hasSigned(answer.nonce(), device.signature())) {
      return new GuestOutcome.SignatureWrong();
    }
    if (!challenges.spend(nonce, rules.nonceLife())) {
      return challenged;
    }
    return device == null
        ? admit(wish, DeviceId.random(random))
        : admitProven(wish, device.key().deviceId());
  }

  private Challenged challenged(int workBits, long nowMillis) {
    byte[] id = new byte[Nonce.ID_BYTES];
    random.nextBytes(id);
    return new Challenged(
        forms.nonce(Nonce.of(id, nowMillis, workBits)), workBits, rules.deviceRequired());
  }

  /// The answer's nonce, if it is ours and enough was done for it. A nonce from calmer times does
  /// not do.
  private @Nullable Nonce worked(@Nullable ChallengeAnswer answer, int workBits) {
    return answer == null
        ? null
        : forms
            .openNonce(answer.nonce())
            .filter(nonce -> nonce.workBits() >= workBits)
            .filter(nonce -> Work.isDone(answer.nonce(), answer.counter(), nonce.workBits()))
            .orElse(null);
  }

  private boolean signs(@Nullable ClaimedDevice device) {
    return device == null ? !rules.deviceRequired() : device.signature().length > 0;
  }

  private GuestOutcome admitProven(GuestWish wish, DeviceId device) {
    Optional<GuestOutcome> banned = bans.left(device).map(GuestOutcome.Banned::new);
    if (banned.isPresent()) {
      return banned.get();
    }
    if (devices.refusedForAge(device)) {
      return new GuestOutcome.UnderAge(ages.minimumAge());
    }
    GuestOutcome outcome = admit(wish, device);
    if (outcome instanceof GuestOutcome.UnderAge) {
      devices.rememberAgeRefusal(device, rules.ageRefusalKept());
    }
    return outcome;
  }

  private GuestOutcome admit(GuestWish wish, DeviceId device) {
    Optional<Cohort> cohort = ages.cohort(wish.birthYear());
    if (cohort.isEmpty()) {
      return new GuestOutcome.UnderAge(ages.minimumAge());
    }
    GuestOutcome.Made made = families.begin(device, wish.birthYear(), cohort.get(), wish.gender());
    challenges.countGuest();
    return made;
  }
}
