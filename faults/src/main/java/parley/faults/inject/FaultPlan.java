package parley.faults.inject;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import parley.faults.machine.FaultMachine;

/// The faults of a run, one after the other, the same for the same seed.
///
/// @param seed of the plan and of all members' chance
public record FaultPlan(long seed, List<Injection> injections) {
  public FaultPlan {
    injections = List.copyOf(injections);
  }

  /// No fault at all.
  public static FaultPlan none(long seed) {
    return new FaultPlan(seed, List.of());
  }

  /// Each kind comes once before one comes again.
  ///
  /// @param within about how long all of it takes
  public static FaultPlan draw(long seed, Set<FaultKind> kinds, Duration within) {
    Random random = new Random(seed);
    List<Injection> drawn = new ArrayList<>();
    List<FaultKind> bag = new ArrayList<>();
    Duration planned = Duration.ZERO;
    while (!kinds.isEmpty() && planned.compareTo(within) < 0) {
      if (bag.isEmpty()) {
        bag.addAll(new TreeSet<>(kinds));
        Collections.shuffle(bag, random);
      }
      Injection next = injection(bag.removeLast(), random);
      planned = planned.plus(next.after()).plus(next.lasts()).plus(repair(next.kind()));
      if (planned.compareTo(within) < 0) {
        drawn.add(next);
      }
    }
    return new FaultPlan(seed, drawn);
  }

  private static Injection injection(FaultKind kind, Random random) {
    Duration lasts =
        switch (kind) {
          case PAUSE_NODE -> FaultMachine.LEASE.plusMillis(500 + random.nextInt(3_000));
          case CUT_STORE, CUT_DOOR, LOSE_TAIL, STOP_POSTGRES ->
              Duration.ofMillis(2_000 + random.nextInt(3_000));
          case KILL_NODE, DRAIN_NODE, RESTART_STORE, FAIL_OVER ->
              Duration.ofMillis(100 + random.nextInt(1_500));
        };
    Duration after = Duration.ofMillis(700 + random.nextInt(1_500));
    return new Injection(after, kind, lasts, random.nextInt(2));
  }

  /// What a node or a server takes to be up again, roughly.
  private static Duration repair(FaultKind kind) {
    return switch (kind) {
      case KILL_NODE, DRAIN_NODE -> Duration.ofSeconds(3);
      case PAUSE_NODE, RESTART_STORE, FAIL_OVER, LOSE_TAIL, STOP_POSTGRES -> Duration.ofSeconds(1);
      case CUT_STORE, CUT_DOOR -> Duration.ZERO;
    };
  }

  @Override
  public String toString() {
    StringBuilder words = new StringBuilder("seed " + seed + ": ");
    words.append(injections.isEmpty() ? "no faults" : injections.size() + " faults, in this order");
    injections.forEach(one -> words.append("\n  ").append(one));
    return words.toString();
  }
}
