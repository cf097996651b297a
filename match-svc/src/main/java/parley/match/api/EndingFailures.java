package parley.match.api;

import java.util.function.Supplier;
import parley.match.core.port.PoolUnavailable;
import parley.platform.grpc.Failures;

/// How what core throws leaves the service.
final class EndingFailures {
  private EndingFailures() {}

  static Throwable of(Throwable thrown) {
    return thrown instanceof PoolUnavailable ? Failures.unavailable() : thrown;
  }

  /// Runs a call of core.
  static <T> T calling(Supplier<T> call) {
    try {
      return call.get();
    } catch (PoolUnavailable away) {
      throw Failures.unavailable();
    }
  }
}
