package parley.faults.matching;

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
import parley.faults.matching.check.MatchingVerdict;

/// The page of results: a row for each run, added at the end.
final class MatchingPage {
  private static final String HEAD =
      """
      # Matching under faults

      Each row is one run of `./parley faults matching`: two match nodes as processes on a real Redis behind a gate, people as
      virtual threads over sockets who ask, cancel, reload, open second tabs, stay away and refuse each other; violations by the
      checker that reads the history alone. Times of the contract are short: lease 2 s, 1.5 s to enter, 4 s in park, each so many
      times as long as the column says.

      | day | seed | store | times | people | tickets | matches | met | came back to the line | faults | lines judged | violations | took |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  private final Path page;

  MatchingPage(Path page) {
    this.page = page;
  }

  void add(MatchingRun.Plan plan, MatchingVerdict verdict, Duration took) {
    String faults =
        verdict.faults().entrySet().stream()
            .map(one -> one.getValue() + " " + one.getKey())
            .collect(Collectors.joining(", "));
    String row =
        String.format(
            Locale.ROOT,
            "| %s | %d | %s | × %.1f | %d | %d | %d | %d | %d | %s | %d | %d | %d s |%n",
            LocalDate.now(ZoneOffset.UTC),
            plan.seed(),
            plan.store(),
            plan.pace().slower(),
            plan.people(),
            verdict.tickets(),
            verdict.matches(),
            verdict.met(),
            verdict.returned(),
            faults.isEmpty() ? "none" : faults,
            verdict.lines(),
            verdict.violations().size(),
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
}
