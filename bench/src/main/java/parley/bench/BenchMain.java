package parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./parley bench`: each figure beside its baseline, with its conditions.
@Command(
    name = "parley bench",
    mixinStandardHelpOptions = true,
    description = "Measures speed on this machine, beside baselines in the same run.")
public final class BenchMain {
  private BenchMain() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchMain()).execute(args));
  }

  @Command(name = "relay", description = "CPU for each delivered message, beside a bare relay.")
  int relay(
      @Option(names = "--pairs", defaultValue = "50", description = "Pairs that talk.") int pairs)
      throws IOException {
    Path folder = Files.createTempDirectory("parley-bench-");
    new RelayBench(folder, Passport.create(folder, new SecureRandom()), pairs).run();
    return 0;
  }

  @Command(name = "idle", description = "Memory for each member who says nothing.")
  int idle(
      @Option(names = "--pairs", defaultValue = "1000", description = "Pairs that are silent.")
          int pairs)
      throws IOException {
    Path folder = Files.createTempDirectory("parley-bench-");
    new IdleBench(folder, Passport.create(folder, new SecureRandom()), pairs).run();
    return 0;
  }

  @Command(
      name = "return",
      description = "How soon the members of a killed session node are back on another.")
  int comeBack(
      @Option(names = "--pairs", defaultValue = "1000", description = "Pairs on the killed node.")
          int pairs)
      throws IOException {
    Path folder = Files.createTempDirectory("parley-bench-");
    new ReturnBench(folder, Passport.create(folder, new SecureRandom()), pairs).run();
    return 0;
  }

  @Command(
      name = "tickets",
      description = "Redis time for each step of a ticket, with few and with many who wait.")
  int tickets(
      @Option(names = "--waiting", defaultValue = "1000,100000", split = ",") List<Integer> waiting,
      @Option(names = "--mix", defaultValue = "USUAL", description = "${COMPLETION-CANDIDATES}.")
          Mix mix) {
    new TicketBench(waiting, mix).run();
    new SteadyBench(mix).run();
    return 0;
  }

  @Command(
      name = "pairs",
      description = "CPU of a match node and Redis for each pair, over sockets.")
  int pairs(
      @Option(
              names = "--waiting",
              defaultValue = "0,1000,2000,10000",
              split = ",",
              description = "People who wait and fit nobody.")
          List<Integer> waiting)
      throws IOException {
    Path folder = Files.createTempDirectory("parley-bench-");
    new PairBench(folder, Passport.create(folder, new SecureRandom()), waiting).run();
    return 0;
  }
}
