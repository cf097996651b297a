package parley.faults.inject;

import java.time.Duration;
import java.util.Locale;

/// One fault of a plan.
///
/// @param after the fault before it was over
/// @param lasts how long it stays broken
/// @param node which session node, counted from 0, where the kind has one
public record Injection(Duration after, FaultKind kind, Duration lasts, int node) {
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %d for %.1f s, after %.1f s",
        kind,
        node + 1,
        lasts.toMillis() / 1e3,
        after.toMillis() / 1e3);
  }
}
