package parley.faults.inject;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import parley.faults.history.History;
import parley.faults.history.Line;
import parley.faults.history.What;
import parley.faults.machine.FaultMachine;
import parley.faults.machine.SessionProcess;

/// Breaks a machine as a plan says, and repairs it. Used by one thread.
public final class Injector {
  private static final Duration BETWEEN_CUTS = Duration.ofMillis(150);

  private final FaultMachine machine;
  private final History run;
  private final Random random;

  /// @param run told of each fault before it begins and after it is repaired
  public Injector(FaultMachine machine, History run, long seed) {
    this.machine = machine;
    this.run = run;
    this.random = new Random(seed);
  }

  /// Returns when the last fault is repaired.
  public void perform(FaultPlan plan) {
    for (Injection injection : plan.injections()) {
      LockSupport.parkNanos(injection.after().toNanos());
      run.note(Line.of(What.FAULT_BEGINNING).text(injection.toString()));
      perform(injection);
      run.note(Line.of(What.FAULT_OVER).text(injection.kind().name()));
    }
  }

  private void perform(Injection injection) {
    SessionProcess node = machine.nodes().get(injection.node());
    switch (injection.kind()) {
      case KILL_NODE -> {
        node.kill();
        LockSupport.parkNanos(injection.lasts().toNanos());
        node.start();
      }
      case PAUSE_NODE -> {
        node.pause();
        LockSupport.parkNanos(injection.lasts().toNanos());
        node.goOn();
      }
      case DRAIN_NODE -> {
        node.terminate();
        LockSupport.parkNanos(injection.lasts().toNanos());
        node.start();
      }
      case RESTART_STORE -> machine.store().restart(injection.lasts());
      case FAIL_OVER -> machine.store().failOver(injection.lasts());
      case LOSE_TAIL -> {
        machine.store().partReplica();
        LockSupport.parkNanos(injection.lasts().toNanos());
        machine.store().fallBack();
      }
      case STOP_POSTGRES -> {
        machine.stopPostgres();
        LockSupport.parkNanos(injection.lasts().toNanos());
        machine.startPostgres();
      }
      case CUT_STORE -> cutWhile(injection.lasts(), () -> machine.store().cutOne(random));
      case CUT_DOOR -> cutWhile(injection.lasts(), () -> machine.doorGate().cutOne(random));
    }
  }

  private static void cutWhile(Duration lasts, Runnable cut) {
    long until = System.nanoTime() + lasts.toNanos();
    while (System.nanoTime() - until < 0) {
      cut.run();
      LockSupport.parkNanos(BETWEEN_CUTS.toNanos());
    }
  }
}
