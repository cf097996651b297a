package parley.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.bot.core.TalkTimes;
import parley.bot.smollm.SmolLm;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/// `./parley bench`: each figure beside its baseline, with its conditions.
@Command(
    name = "parley bench",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
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
          int pairs,
      @Option(names = "--kills", defaultValue = "6", description = "Nodes that die.") int kills,
      @Option(names = "--jvm", description = "A flag for the nodes' JVMs; may be repeated.")
          @Nullable List<String> flags)
      throws IOException {
    Path folder = Files.createTempDirectory("parley-bench-");
    Passport passport = Passport.create(folder, new SecureRandom());
    new ReturnBench(folder, passport, pairs, kills, flags == null ? List.of() : flags).run();
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
      description = "CPU of a match node and Redis for each pair; how soon through Envoy.")
  int pairs(
      @Option(
              names = "--waiting",
              defaultValue = "0,1000,2000,10000",
              split = ",",
              description = "People who wait and fit nobody.")
          List<Integer> waiting)
      throws IOException {
    Path folder = Files.createTempDirectory("parley-bench-");
    PairBench bench = new PairBench(folder, Passport.create(folder, new SecureRandom()), waiting);
    bench.run();
    bench.runByTheDoor();
    return 0;
  }

  @Command(
      name = "companion",
      description = "What the companion in the box answers to given dialogues, or many at once.")
  int companion(
      @Parameters(
              arity = "0..1",
              paramLabel = "FILE",
              description = "Dialogues: '# title', then '> what the person says'.")
          @Nullable Path file,
      @Option(names = "--layers", defaultValue = "ALL", description = "${COMPLETION-CANDIDATES}.")
          CompanionBench.Layers layers,
      @Option(names = "--out", description = "Where the transcripts go; the terminal if absent.")
          @Nullable Path out,
      @Option(
              names = "--soak",
              defaultValue = "0",
              description = "So many conversations instead of transcripts.")
          int soak,
      @Option(names = "--at-once", defaultValue = "4") int atOnce,
      @Option(
              names = "--model",
              defaultValue = "${env:PARLEY_MODEL:-}",
              description = "The small model's wheel, or a GGUF file.")
          String model)
      throws IOException, InterruptedException {
    Optional<Path> weights = model.isEmpty() ? Optional.empty() : Optional.of(Path.of(model));
    List<Dialogue> dialogues = file == null ? CompanionBench.usual() : Dialogue.read(file);
    // A transcript does not depend on how busy this machine is; what many at once feel does.
    boolean timed = soak > 0;
    Duration gather = timed ? TalkTimes.DEFAULT.gather() : Duration.ofMillis(1);
    Duration within = timed ? SmolLm.WITHIN : Duration.ofSeconds(25);
    try (CompanionBench bench = new CompanionBench(layers, weights, gather, within)) {
      bench.warm();
      if (soak > 0) {
        bench.soak(soak, atOnce, dialogues);
      } else if (out == null) {
        bench.transcribe(dialogues, System.out);
      } else {
        try (PrintStream lines = new PrintStream(out.toFile(), StandardCharsets.UTF_8)) {
          bench.transcribe(dialogues, lines);
        }
      }
    }
    return 0;
  }
}
