package parley.session.core;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import parley.relay.FactsReply;
import parley.relay.SessionFacts;

/// Waits for the relay's answers; for virtual threads.
final class Waiting {
  /// Longer than the relay needs to give up.
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private Waiting() {}

  /// Empty if no answer comes in time.
  static <T> Optional<T> atMost(Duration patience, CompletableFuture<Optional<T>> answer) {
    try {
      return answer.get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException tooLong) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// For the facts of a session.
  static final class ForFacts implements FactsReply {
    private final CompletableFuture<Optional<Optional<SessionFacts>>> answer =
        new CompletableFuture<>();

    /// Empty if the log cannot be reached; else the facts, if there is such a session (still).
    Optional<Optional<SessionFacts>> await() {
      return atMost(PATIENCE, answer);
    }

    @Override
    public void answered(Optional<SessionFacts> facts) {
      answer.complete(Optional.of(facts));
    }

    @Override
    public void unavailable() {
      answer.complete(Optional.empty());
    }
  }
}
