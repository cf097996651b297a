package parley.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Collectors;
import parley.faults.check.Rule;
import parley.faults.check.Tally;
import parley.faults.check.Verdict;
import parley.faults.inject.Injection;
import parley.faults.machine.Store;

/// The page of results: a row for each run, added at the end.
final class ResultPage {
  private static final String HEAD =
      """
      # Conversations under faults

      Each row is one run of `./parley faults relay`: two session nodes as processes behind a real Envoy, on a real Redis;
      lost, doubled and reordered are texts that break the promise, by the checker that reads the histories alone.

      | day | seed | store | conversations | faults | texts / sendings | acknowledged | lost | doubled | reordered | other violations | resets | took |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  private final Path page;

  ResultPage(Path page) {
    this.page = page;
  }

  void add(RelayRun.Plan plan, Store.Kind store, Verdict verdict, Duration took) {
    Tally tally = verdict.tally();
    long doubled = verdict.of(Rule.ONCE);
    long reordered = verdict.of(Rule.AUTHORS_ORDER);
    long lost = verdict.of(Rule.ACKNOWLEDGED_IS_KEPT);
    String row =
        String.format(
            Locale.ROOT,
            "| %s | %d | %s | %d | %s | %d / %d | %d | %d | %d | %d | %d | %s | %d s |%n",
            LocalDate.now(ZoneOffset.UTC),
            plan.faults().seed(),
            store,
            plan.conversations(),
            faults(plan),
            tally.texts(),
            tally.sendings(),
            tally.acknowledged(),
            lost,
            doubled,
            reordered,
            verdict.violations().size() - lost - doubled - reordered,
            tally.resets().isEmpty() ? "none" : tally.resets(),
            took.toSeconds());
    try {
      if (Files.notExists(page)) {
        Files.writeString(page, HEAD);
      }
      Files.writeString(page, row, StandardOpenOption.APPEND);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("no result can be written to " + page, unwritable);
    }
  }

  private static String faults(RelayRun.Plan plan) {
    return plan.faults().injections().stream()
        .collect(Collectors.groupingBy(Injection::kind, Collectors.counting()))
        .entrySet()
        .stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .map(one -> one.getValue() + " " + one.getKey())
        .collect(Collectors.joining(", "));
  }
}
