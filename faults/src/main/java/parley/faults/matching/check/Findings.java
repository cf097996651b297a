package parley.faults.matching.check;

import java.util.ArrayList;
import java.util.List;
import parley.faults.matching.check.MatchingVerdict.Violation;

/// What is found while looking. Used by one thread.
final class Findings {
  private final List<Violation> violations = new ArrayList<>();

  void broken(MatchingRule rule, String sentence, Line... lines) {
    violations.add(new Violation(rule, sentence, List.of(lines)));
  }

  List<Violation> violations() {
    return violations;
  }
}
