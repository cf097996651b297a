package parley.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import parley.faults.check.Rule;
import parley.faults.check.Tally;
import parley.faults.check.Verdict;
import parley.faults.inject.Injection;

/// The page of results: a row for each run, below those of earlier ones.
final class ResultPage {
  private static final String HEAD =
      """
      # Conversations under faults

      Each row is one run of `./parley faults relay`: two session nodes as processes behind a real Envoy, on a real Redis;
      lost, doubled and reordered are texts, by the checker that reads the histories alone. None of it may be, but where
      replicas are not waited for: there, acknowledged texts may be lost if every reader is told.

      | day | seed | store | conversations | faults | texts / sendings | acknowledged | lost | doubled | reordered | other violations | resets | took |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  private final Path page;

  ResultPage(Path page) {
    this.page = page;
  }

  /// One run and what came of it.
  ///
  /// @param store in words
  record Run(RelayRun.Plan plan, String store, Verdict verdict, Duration took) {
    String row() {
      Tally tally = verdict.tally();
      long doubled = verdict.of(Rule.ONCE);
      long reordered = verdict.of(Rule.AUTHORS_ORDER);
      long unkept = verdict.of(Rule.ACKNOWLEDGED_IS_KEPT);
      return String.format(
          Locale.ROOT,
          "| %s | %d | %s | %d | %s | %d / %d | %d | %d | %d | %d | %d | %s | %d s |",
          LocalDate.now(ZoneOffset.UTC),
          plan.faults().seed(),
          store,
          plan.conversations(),
          faults(),
          tally.texts(),
          tally.sendings(),
          tally.acknowledged(),
          Math.max(tally.lost(), unkept),
          doubled,
          reordered,
          verdict.violations().size() - unkept - doubled - reordered,
          tally.resets().isEmpty() ? "none" : new TreeMap<>(tally.resets()),
          took.toSeconds());
    }

    private String faults() {
      String words =
          plan.faults().injections().stream()
              .collect(Collectors.groupingBy(Injection::kind, Collectors.counting()))
              .entrySet()
              .stream()
              .sorted(Map.Entry.comparingByKey())
              .map(one -> one.getValue() + " " + one.getKey())
              .collect(Collectors.joining(", "));
      return words.isEmpty() ? "none" : words;
    }
  }

  /// Adds a row to the first table, and leaves everything else as it is.
  void add(Run run) {
    try {
      String text = Files.exists(page) ? Files.readString(page) : HEAD;
      List<String> lines = new ArrayList<>(text.lines().toList());
      lines.add(endOfTable(lines), run.row());
      Files.writeString(page, String.join("\n", lines) + "\n");
    } catch (IOException unwritable) {
      throw new UncheckedIOException("no result can be written to " + page, unwritable);
    }
  }

  private static int endOfTable(List<String> lines) {
    int at = 0;
    while (at < lines.size() && !lines.get(at).startsWith("|")) {
      at++;
    }
    while (at < lines.size() && lines.get(at).startsWith("|")) {
      at++;
    }
    return at;
  }
}
