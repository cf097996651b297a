package parley.faults.matching;

import java.time.Duration;

/// The times of the contract in a run: short, so that a pause beyond them is short too; longer by a
/// factor where many people share a machine that has other work.
///
/// @param slower 1 or more
public record Pace(double slower) {
  /// As short as a small crowd bears.
  public static final Pace SHORT = new Pace(1);

  public Pace {
    if (!(slower >= 1)) {
      throw new IllegalArgumentException("slower is " + slower + ", expected 1 or more");
    }
  }

  Duration lease() {
    return longer(2_000);
  }

  Duration beat() {
    return longer(400);
  }

  Duration enter() {
    return longer(1_500);
  }

  Duration settle() {
    return longer(1_000);
  }

  Duration park() {
    return longer(4_000);
  }

  Duration answer() {
    return longer(1_000);
  }

  Duration longestWait() {
    return longer(12_000);
  }

  /// Who says nothing for so long is gone.
  Duration silence() {
    return longer(5_000);
  }

  Duration keepWaitingEvery() {
    return longer(1_500);
  }

  Duration updateAtLeast() {
    return longer(1_000);
  }

  /// A stream that is told nothing for so long is broken.
  Duration deaf() {
    return longer(4_000);
  }

  /// From asking to anyone who speaks the language, and to anyone, where nobody is asked first.
  Duration toLanguage() {
    return longer(1_000);
  }

  Duration toAnyone() {
    return longer(2_000);
  }

  /// The same where both are asked.
  Duration datingToLanguage() {
    return longer(800);
  }

  Duration datingToAnyone() {
    return longer(1_600);
  }

  private Duration longer(long millis) {
    return Duration.ofMillis((long) (slower * millis));
  }
}
