package parley.faults.check;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What the checker found.
///
/// @param tally what was looked at, so that nobody trusts an empty run
public record Verdict(Tally tally, List<Violation> violations) {
  private static final int SHOWN_OF_A_RULE = 5;

  public Verdict {
    violations = List.copyOf(violations);
  }

  public boolean holds() {
    return violations.isEmpty();
  }

  public long of(Rule rule) {
    return violations.stream().filter(violation -> violation.rule() == rule).count();
  }

  /// For a person: counts, then the first violations of each rule with their lines.
  @Override
  public String toString() {
    if (holds()) {
      return tally + "\nno violation";
    }
    Map<Rule, List<Violation>> byRule =
        violations.stream()
            .collect(
                Collectors.groupingBy(
                    Violation::rule, () -> new EnumMap<>(Rule.class), Collectors.toList()));
    StringBuilder words = new StringBuilder(tally.toString());
    byRule.forEach(
        (rule, found) -> {
          words.append("\n").append(found.size()).append(" times not so: ");
          words.append(rule.sentence());
          found.stream().limit(SHOWN_OF_A_RULE).forEach(one -> words.append("\n  ").append(one));
        });
    return words.toString();
  }
}
