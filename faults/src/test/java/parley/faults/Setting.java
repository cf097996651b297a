package parley.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import parley.faults.check.Promise;
import parley.faults.inject.FaultKind;
import parley.faults.inject.Injection;

/// What happens around the nodes that have a planted bug, or none.
///
/// @param settings of the session nodes that differ from the machine's
/// @param calm how long members stay where they are in the end
record Setting(
    Promise promise, Map<String, String> settings, List<Injection> faults, Duration calm) {
  private static final Duration SHORT = Duration.ofSeconds(2);

  /// Nothing: members behave badly enough.
  static final Setting TALK = new Setting(Promise.KEPT, Map.of(), List.of(), SHORT);

  /// The end of a stream is told so late that its member is back for long.
  static final Setting LATE_CANCELS =
      new Setting(
          Promise.KEPT, Map.of("presence.gone-after", "11s"), List.of(), Duration.ofSeconds(14));

  /// Replicas are not waited for, and the primary is lost with what it alone had.
  static final Setting TAIL_LOST =
      new Setting(
          Promise.TOLD,
          Map.of("redis.replicas-required", "0"),
          List.of(loseTail(Duration.ofMillis(1_500))),
          SHORT);

  /// The replica is parted from the primary for longer than a commit waits for it.
  static final Setting REPLICA_PARTED =
      new Setting(Promise.KEPT, Map.of(), List.of(loseTail(Duration.ofSeconds(9))), SHORT);

  private static Injection loseTail(Duration lasts) {
    return new Injection(Duration.ofSeconds(2), FaultKind.LOSE_TAIL, lasts, 0);
  }
}
