package parley.bench;

import java.util.Comparator;
import java.util.Map;

/// What the threads of a process used from a moment on.
record ThreadCosts(ProcessCpu process, Map<String, ProcessCpu.ThreadCpu> before) {
  private static final int DEAREST = 5;
  private static final double TICK_MICROS = 10_000;
  private static final ProcessCpu.ThreadCpu NOTHING = new ProcessCpu.ThreadCpu(0, 0);

  static ThreadCosts from(ProcessCpu process) {
    return new ThreadCosts(process, process.threads());
  }

  /// The dearest: user and system time for each of so many units of work.
  void print(long units) {
    process.threads().entrySet().stream()
        .map(
            thread ->
                Map.entry(
                    thread.getKey(),
                    thread.getValue().minus(before.getOrDefault(thread.getKey(), NOTHING))))
        .sorted(Comparator.comparingLong(t -> -t.getValue().user() - t.getValue().system()))
        .limit(DEAREST)
        .forEach(
            thread ->
                System.out.printf(
                    "    %-16s user %6.2f us, system %6.2f us%n",
                    thread.getKey(),
                    TICK_MICROS * thread.getValue().user() / units,
                    TICK_MICROS * thread.getValue().system() / units));
  }
}
