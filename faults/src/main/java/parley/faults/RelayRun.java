package parley.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import parley.faults.check.Checker;
import parley.faults.check.Promise;
import parley.faults.check.Verdict;
import parley.faults.history.Histories;
import parley.faults.history.History;
import parley.faults.history.Line;
import parley.faults.history.RunClock;
import parley.faults.history.What;
import parley.faults.inject.FaultPlan;
import parley.faults.inject.Injector;
import parley.faults.machine.FaultMachine;
import parley.faults.machine.KeptLogs;
import parley.faults.machine.LeaseWatch;
import parley.faults.machine.SessionProcess;
import parley.faults.talk.Stage;
import parley.faults.talk.Ways;
import parley.platform.lifecycle.Lifecycle;

/// One seeded run on a machine: people meet and talk, faults come and go, all fall silent, and the
/// checker reads what everybody wrote.
public final class RelayRun {
  private static final Duration ENTER_WITHIN = Duration.ofSeconds(100);
  private static final Duration SETTLE_WITHIN = Duration.ofSeconds(45);
  private static final int MEMBERS_A_CONNECTION = 20;

  private final FaultMachine machine;
  private final Path folder;

  /// @param folder where the histories go; empty
  public RelayRun(FaultMachine machine, Path folder) {
    this.machine = machine;
    this.folder = folder;
  }

  /// What a run is made of.
  ///
  /// @param thinks how long a member thinks between two deeds, on average
  /// @param talks how long people talk, from when all are in to the calm
  /// @param calm how long they talk undisturbed
  public record Plan(
      int conversations, Duration thinks, Duration talks, Duration calm, FaultPlan faults) {}

  /// Returns the verdict; the histories stay.
  public Verdict perform(Plan plan, Promise promise) {
    RunClock clock = new RunClock();
    Lifecycle lifecycle = new Lifecycle();
    try (lifecycle) {
      History run = lifecycle.own(History.open(Histories.ofRun(folder), clock));
      People people = lifecycle.own(People.meet(machine.door(), plan.conversations()));
      Ways ways = lifecycle.own(ways(plan.conversations()));
      Stage stage = new Stage(plan.thinks());
      Talks talks =
          lifecycle.own(
              Talks.begin(people.seats(), ways, stage, folder, clock, plan.faults().seed()));
      lifecycle.own(LeaseWatch.over(machine, run));
      talks.awaitEntered(ENTER_WITHIN);
      long until = System.nanoTime() + plan.talks().toNanos();
      new Injector(machine, run, plan.faults().seed()).perform(plan.faults());
      LockSupport.parkNanos(Math.max(0, until - System.nanoTime()));
      run.note(Line.of(What.CALM));
      stage.turnTo(Stage.Act.CALM);
      LockSupport.parkNanos(plan.calm().toNanos());
      talks.hush(SETTLE_WITHIN);
      KeptLogs.write(machine.store().primaryPort(), people.sessions(), folder, clock);
    }
    return Checker.check(Histories.read(folder), promise);
  }

  private Ways ways(int conversations) {
    List<String> nodes = machine.nodes().stream().map(SessionProcess::address).toList();
    return new Ways(machine.door(), nodes, 1 + 2 * conversations / MEMBERS_A_CONNECTION);
  }
}
