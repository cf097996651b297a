package parley.faults;

import java.nio.file.Path;
import parley.faults.check.Checker;
import parley.faults.check.Promise;
import parley.faults.check.Verdict;
import parley.faults.history.Histories;
import parley.faults.matching.MatchingCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./parley faults`: breaks things on purpose, and proves that nothing was lost.
@Command(
    name = "parley faults",
    mixinStandardHelpOptions = true,
    subcommands = {RelayCommand.class, MatchingCommand.class},
    description = "Breaks things on purpose, and proves that nothing was lost.")
public final class FaultsMain {
  private FaultsMain() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new FaultsMain()).execute(args));
  }

  @Command(name = "check", description = "Checks the histories of an earlier run once more.")
  int check(
      @Parameters(paramLabel = "DIR", description = "Where a run left its histories.") Path folder,
      @Option(names = "--promise", defaultValue = "KEPT", description = "${COMPLETION-CANDIDATES}")
          Promise promise) {
    Verdict verdict = Checker.check(Histories.read(folder), promise);
    System.out.println(verdict);
    return verdict.holds() ? 0 : 1;
  }
}
