package parley.faults.check;

import java.util.List;
import java.util.stream.Collectors;
import parley.faults.history.Noted;

/// A rule that does not hold, and the lines that show it.
public record Violation(Rule rule, String conversation, String sentence, List<Noted> lines) {
  public Violation {
    lines = List.copyOf(lines);
  }

  @Override
  public String toString() {
    return rule
        + " "
        + conversation
        + ": "
        + sentence
        + lines.stream().map(line -> "\n    " + line).collect(Collectors.joining());
  }
}
