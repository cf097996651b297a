package parley.faults.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import parley.faults.history.Noted;

/// What is found while looking. Used by one thread.
final class Findings {
  private final List<Violation> violations = new ArrayList<>();
  private final Set<String> acknowledged = new HashSet<>();
  private final Map<String, Long> resets = new TreeMap<>();
  private long lost;
  private long storedUnknown;
  private long absent;
  private long observations;
  private long streams;

  void broken(Rule rule, String conversation, String sentence, Noted... lines) {
    violations.add(new Violation(rule, conversation, sentence, List.of(lines)));
  }

  /// A text was told stored.
  void acknowledged(String words) {
    acknowledged.add(words);
  }

  boolean isAcknowledged(String words) {
    return acknowledged.contains(words);
  }

  void lost() {
    lost++;
  }

  void unacknowledged(boolean stored) {
    if (stored) {
      storedUnknown++;
    } else {
      absent++;
    }
  }

  void observed() {
    observations++;
  }

  void stream() {
    streams++;
  }

  void reset(String reason) {
    resets.merge(reason, 1L, Long::sum);
  }

  Verdict verdict(int conversations, Said said) {
    Tally tally =
        new Tally(
            conversations,
            said.texts(),
            said.sendings(),
            acknowledged.size(),
            lost,
            storedUnknown,
            absent,
            observations,
            streams,
            resets);
    return new Verdict(tally, violations);
  }
}
