package parley.bot.core.game;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Something to guess.
///
/// @param names the first is the one that is told
/// @param traits keys of what is true of it; nothing else is
record Thing(List<String> names, Set<String> traits) {
  private static final Pattern ARTICLE = Pattern.compile("(?:eine?|der|die|das) ");

  Thing {
    names = List.copyOf(names);
    traits = Set.copyOf(traits);
  }

  /// Without its article, to be looked for.
  List<String> bareNames() {
    return names.stream().map(name -> ARTICLE.matcher(name).replaceFirst("")).distinct().toList();
  }

  String name() {
    return names.getFirst();
  }

  /// With its article: the name's own, or the English one.
  String named() {
    if (ARTICLE.matcher(name()).lookingAt()) {
      return name();
    }
    return ("aeiou".indexOf(name().charAt(0)) >= 0 ? "an " : "a ") + name();
  }

  boolean has(Trait trait) {
    return traits.contains(trait.key());
  }
}
