package parley.bot.core.game;

import java.util.List;
import java.util.Set;

/// Something to guess.
///
/// @param names the first is the one that is told
/// @param traits keys of what is true of it; nothing else is
record Thing(List<String> names, Set<String> traits) {
  Thing {
    names = List.copyOf(names);
    traits = Set.copyOf(traits);
  }

  String name() {
    return names.getFirst();
  }

  /// With its article.
  String named() {
    return ("aeiou".indexOf(name().charAt(0)) >= 0 ? "an " : "a ") + name();
  }

  boolean has(Trait trait) {
    return traits.contains(trait.key());
  }
}
