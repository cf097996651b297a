package parley.bot.core.game;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Everything that may be thought of, and what may be asked about it.
record Things(List<Trait> traits, List<Thing> all) {
  Things {
    traits = List.copyOf(traits);
    all = List.copyOf(all);
  }

  /// The thing that a text names; of several, that with the longest name.
  Optional<Thing> named(Heard heard) {
    return all.stream()
        .filter(thing -> thing.bareNames().stream().anyMatch(name -> holds(heard, name)))
        .max(Comparator.comparingInt(thing -> thing.name().length()));
  }

  /// The trait that a text asks about; of several, that with the longest word.
  Optional<Trait> asked(Heard heard) {
    return traits.stream()
        .flatMap(trait -> trait.words().stream().map(word -> new Mention(trait, word)))
        .filter(mention -> holds(heard, mention.word()))
        .max(Comparator.comparingInt(mention -> mention.word().length()))
        .map(Mention::trait);
  }

  private record Mention(Trait trait, String word) {}

  private static boolean holds(Heard heard, String name) {
    return Stream.of(name, name + "s", name + "es", name + "n", name + "en").anyMatch(heard::holds);
  }
}
