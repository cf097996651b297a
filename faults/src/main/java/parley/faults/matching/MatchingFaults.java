package parley.faults.matching;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import parley.faults.matching.check.Line;
import parley.faults.matching.check.What;

/// Breaks the machine of a run, one fault after the other, each kind once before one comes again.
/// Used by one thread.
final class MatchingFaults {
  private static final Duration LOOK = Duration.ofMillis(50);

  private final MatchPlace place;
  private final Chronicle chronicle;
  private final Random random;

  MatchingFaults(MatchPlace place, Chronicle chronicle, long seed) {
    this.place = place;
    this.chronicle = chronicle;
    this.random = new Random(seed);
  }

  /// Returns when enough was asked for, or the time is over, and the last fault is repaired; if
  /// there are to be faults, there was one.
  void perform(MatchingRun.Plan plan, AtomicInteger asked) {
    long until = System.nanoTime() + plan.busy().toNanos();
    List<MatchFault> bag = new ArrayList<>();
    long between = plan.between().toNanos();
    long next = System.nanoTime() + between;
    boolean broke = plan.faults().isEmpty();
    while (!broke || (asked.get() < plan.tickets() && System.nanoTime() < until)) {
      if (plan.faults().isEmpty() || System.nanoTime() < next) {
        LockSupport.parkNanos(LOOK.toNanos());
        continue;
      }
      if (bag.isEmpty()) {
        bag.addAll(new TreeSet<>(plan.faults()));
        Collections.shuffle(bag, random);
      }
      broke = true;
      MatchFault fault = bag.removeLast();
      chronicle.note(Line.of(What.FAULT_BEGINNING).with("fault", fault));
      perform(fault, plan.pace());
      chronicle.note(Line.of(What.FAULT_OVER).with("fault", fault));
      next = System.nanoTime() + between + random.nextInt(3_000) * 1_000_000L;
    }
  }

  private void perform(MatchFault fault, Pace pace) {
    MatchProcess node = place.nodes().get(random.nextInt(place.nodes().size()));
    long pause = random.nextInt(1_000) * 1_000_000L;
    switch (fault) {
      case KILL_NODE -> {
        node.kill();
        LockSupport.parkNanos(pause);
        start(node);
      }
      case PAUSE_NODE -> {
        node.pause();
        LockSupport.parkNanos(pace.lease().toNanos() + pause);
        node.goOn();
      }
      case DRAIN_NODE -> {
        node.terminate();
        LockSupport.parkNanos(pause);
        start(node);
      }
      case RESTART_STORE -> place.store().restart(Duration.ofNanos(pause));
      case EMPTY_STORE -> place.empty();
      case FAIL_OVER -> place.store().failOver(Duration.ofNanos(pause));
    }
  }

  private static void start(MatchProcess node) {
    node.begin();
    node.awaitReady();
  }
}
