package parley.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/// Waiting in tests: for a condition, never for a time.
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Eventually() {}

  /// Returns as soon as the condition holds; after thirty seconds the test fails with the sentence.
  /// A condition that throws does not hold yet.
  ///
  /// @param sentence what is expected, as in `"both members have entered"`
  public static void holds(String sentence, Callable<Boolean> condition) {
    holds(sentence, PATIENCE, condition);
  }

  /// As above, with another patience.
  public static void holds(String sentence, Duration patience, Callable<Boolean> condition) {
    Awaitility.await(sentence)
        .atMost(patience)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .ignoreExceptions()
        .until(condition);
  }
}
