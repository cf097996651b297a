package parley.faults.matching.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the checker found, and how much it looked at, so that nobody trusts an empty run.
///
/// @param faults how many of each kind
/// @param lines of the history
public record MatchingVerdict(
    int tickets,
    int matches,
    long met,
    long returned,
    Map<String, Integer> faults,
    long lines,
    List<Violation> violations) {
  private static final int SHOWN_OF_A_RULE = 3;

  /// A rule that does not hold, and the lines that show it.
  public record Violation(MatchingRule rule, String sentence, List<Line> lines) {
    public Violation {
      lines = List.copyOf(lines);
    }

    @Override
    public String toString() {
      return sentence + lines.stream().map(line -> "\n      " + line).collect(Collectors.joining());
    }
  }

  public MatchingVerdict {
    faults = Collections.unmodifiableMap(new TreeMap<>(faults));
    violations = List.copyOf(violations);
  }

  public boolean holds() {
    return violations.isEmpty();
  }

  public boolean found(MatchingRule rule) {
    return violations.stream().anyMatch(violation -> violation.rule() == rule);
  }

  @Override
  public String toString() {
    StringBuilder words =
        new StringBuilder(
            "%d tickets, %d matches, %d met, %d came back after a peer who never came, faults %s, %d lines"
                .formatted(tickets, matches, met, returned, faults, lines));
    Map<MatchingRule, List<Violation>> byRule = new EnumMap<>(MatchingRule.class);
    violations.forEach(one -> byRule.computeIfAbsent(one.rule(), _ -> new ArrayList<>()).add(one));
    byRule.forEach(
        (rule, found) -> {
          words.append("\n  ").append(found.size()).append(" times not so: ");
          words.append(rule.sentence());
          found.stream().limit(SHOWN_OF_A_RULE).forEach(one -> words.append("\n    ").append(one));
        });
    return words.append(holds() ? "\n  no violation" : "").toString();
  }
}
