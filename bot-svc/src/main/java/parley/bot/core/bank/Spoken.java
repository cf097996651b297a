package parley.bot.core.bank;

import java.util.List;

/// What a person wrote, cut into clauses. It may hold none.
record Spoken(String raw, List<Clause> clauses) {
  Spoken {
    clauses = List.copyOf(clauses);
  }

  /// All of it as one clause.
  Clause whole() {
    return Clause.of(raw, clauses.stream().flatMap(clause -> clause.words().stream()).toList());
  }
}
