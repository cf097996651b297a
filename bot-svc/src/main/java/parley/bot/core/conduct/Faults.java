package parley.bot.core.conduct;

import java.util.ArrayList;
import java.util.List;

/// What was found wrong so far.
final class Faults {
  private final List<String> found = new ArrayList<>();

  void add(String fault) {
    found.add(fault);
  }

  /// @throws ConductFaults if there are any
  void check() {
    if (!found.isEmpty()) {
      throw new ConductFaults(found);
    }
  }
}
