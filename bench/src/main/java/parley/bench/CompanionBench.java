package parley.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.HdrHistogram.ConcurrentHistogram;
import parley.bot.BotConfig.BankUse;
import parley.bot.CompanionBox;
import parley.bot.clients.LoopStrand;
import parley.bot.core.Openings;
import parley.bot.core.Talk;
import parley.bot.core.TalkTimes;
import parley.bot.core.companion.Invention.Share;
import parley.bot.core.conduct.Budget;
import parley.bot.core.conduct.BudgetLimits;
import parley.bot.core.conduct.Conduct;
import parley.domain.DeviceId;
import parley.domain.NodeId;
import parley.platform.lifecycle.NodeContext;

/// The companion in the box as people would hear it: transcripts of given dialogues, or many
/// conversations at once with what they cost.
final class CompanionBench implements AutoCloseable {
  private static final Duration READS_WITHIN = Duration.ofMinutes(3);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int INTERRUPTS_ONE_IN = 12;
  private static final double MILLION = 1_000_000.0;

  private final NodeContext context = NodeContext.of(new NodeId("bench-1"));
  private final TurnJournal journal = new TurnJournal();
  private final Conduct conduct = Conduct.load();
  private final Openings openings = Openings.load();
  private final Budget budget = new Budget(BudgetLimits.DEFAULT);
  private final TalkTimes times;
  private final CompanionBox box;

  /// Which layers talk; the rules of the conduct always do.
  enum Layers {
    ALL,
    MODEL,
    BANK
  }

  /// @param gather how long a person's further words are waited for
  /// @param within how long the model may take for a line
  CompanionBench(Layers layers, Optional<Path> model, Duration gather, Duration within) {
    TalkTimes usual = TalkTimes.DEFAULT;
    times =
        new TalkTimes(
            gather,
            usual.gatherAtMost(),
            usual.typingEvery(),
            usual.silence(),
            usual.enterGrace(),
            usual.asideAtMost());
    if (layers != Layers.BANK && model.isEmpty()) {
      throw new IllegalArgumentException("no model: expected its file in PARLEY_MODEL or --model");
    }
    Share share = layers == Layers.MODEL ? Share.EVERYTHING : Share.THE_REST;
    Optional<Path> weights = layers == Layers.BANK ? Optional.empty() : model;
    box =
        new CompanionBox(
            new CompanionBox.Parts(BankUse.LEARN, weights, within, share),
            conduct,
            journal,
            context);
  }

  /// Returns when everything is read, as it is for all but the first person.
  void warm() {
    long began = System.nanoTime();
    while (!box.warm("en")) {
      if (System.nanoTime() - began > READS_WITHIN.toNanos()) {
        throw new IllegalStateException("bank and model were not read in " + READS_WITHIN);
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  /// Writes each dialogue with its answers, each with a companion of its own.
  void transcribe(List<Dialogue> dialogues, PrintStream out) throws InterruptedException {
    RandomGenerator random = seeded(1);
    for (Dialogue dialogue : dialogues) {
      out.println("# " + dialogue.title());
      try (CompanionTalk talk = begin(random)) {
        talk.opening().forEach(line -> out.println("< " + line));
        for (String line : dialogue.lines()) {
          out.println("> " + line);
          talk.says(line).lines().forEach(answer -> out.println("< " + answer));
        }
      }
      out.println();
    }
    out.println("# counted: " + journal.counted());
  }

  /// So many conversations, so many at once, of five lines each; in some the person writes on while
  /// the answer is being made, or leaves then.
  void soak(int conversations, int atOnce, List<Dialogue> dialogues) throws IOException {
    ConcurrentHistogram first = new ConcurrentHistogram(LONGEST.toMillis(), 3);
    AtomicInteger next = new AtomicInteger();
    ConcurrentLinkedQueue<String> stuck = new ConcurrentLinkedQueue<>();
    System.out.printf("at the start: %.0f MB resident%n", residentMegabytes());
    long began = System.nanoTime();
    List<Callable<Integer>> people = new ArrayList<>();
    for (int one = 0; one < atOnce; one++) {
      people.add(
          () -> {
            for (int at = next.incrementAndGet();
                at <= conversations;
                at = next.incrementAndGet()) {
              converse(dialogues.get(at % dialogues.size()), seeded(at), first, stuck);
              if (at % Math.max(1, conversations / 10) == 0) {
                System.out.printf("after %d: %.0f MB resident%n", at, residentMegabytes());
              }
            }
            return 0;
          });
    }
    all(people);
    System.out.printf(
        "%d conversations, %d at once, in %d s; first sentence after (ms): median %d, 95 %% %d, 99"
            + " %% %d, longest %d, of %d answers%n",
        conversations,
        atOnce,
        Duration.ofNanos(System.nanoTime() - began).toSeconds(),
        first.getValueAtPercentile(50),
        first.getValueAtPercentile(95),
        first.getValueAtPercentile(99),
        first.getMaxValue(),
        first.getTotalCount());
    System.out.printf("stuck: %d %s%n", stuck.size(), stuck.stream().limit(3).toList());
    System.out.println("counted: " + journal.counted());
    System.out.printf("in the end: %.0f MB resident%n", residentMegabytes());
  }

  private void converse(
      Dialogue dialogue,
      RandomGenerator random,
      ConcurrentHistogram first,
      ConcurrentLinkedQueue<String> stuck)
      throws InterruptedException {
    try (CompanionTalk talk = begin(random)) {
      var _ = talk.opening();
      for (String line : dialogue.lines()) {
        if (random.nextInt(INTERRUPTS_ONE_IN) == 0) {
          talk.blurts(line);
          LockSupport.parkNanos(times.gather().plusMillis(random.nextInt(600)).toNanos());
        }
        if (random.nextInt(10 * INTERRUPTS_ONE_IN) == 0) {
          return;
        }
        first.recordValue(
            Math.min(LONGEST.toMillis(), Math.max(0, talk.says(line).first().toMillis())));
      }
    } catch (IllegalStateException silent) {
      stuck.add(dialogue.title() + ": " + silent.getMessage());
    }
  }

  private CompanionTalk begin(RandomGenerator random) {
    Talk.Parts parts =
        new Talk.Parts(
            new LoopStrand("bench-talk"),
            box.talkers().begin(),
            conduct,
            budget.open(DeviceId.random(random)),
            times,
            openings,
            context.clock(),
            context.steady(),
            journal);
    return new CompanionTalk(parts, random);
  }

  private static RandomGenerator seeded(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static void all(List<Callable<Integer>> people) {
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (Future<Integer> one : threads.invokeAll(people)) {
        var _ = one.get();
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static double residentMegabytes() throws IOException {
    return new ProcessCpu(ProcessHandle.current().pid()).residentBytes() / MILLION;
  }

  /// The lines that a soak is made of.
  static List<Dialogue> usual() throws IOException {
    try (var lines = CompanionBench.class.getResourceAsStream("dialogues.txt")) {
      if (lines == null) {
        throw new IllegalStateException("dialogues.txt is not there");
      }
      return Dialogue.of(
          "dialogues.txt",
          new String(lines.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  @Override
  public void close() {
    box.close();
  }
}
