package parley.bot.core.bank;

import java.util.Collections;
import java.util.List;

/// What a person wrote, cut into clauses. It may hold none.
record Spoken(String raw, List<Clause> clauses) {
  Spoken {
    clauses = List.copyOf(clauses);
  }

  /// These words stand in it, side by side.
  boolean holds(List<String> words) {
    return Collections.indexOfSubList(whole().normal(), words) >= 0;
  }

  /// All of it as one clause.
  Clause whole() {
    return Clause.of(raw, clauses.stream().flatMap(clause -> clause.words().stream()).toList());
  }
}
