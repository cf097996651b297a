package parley.bot.core.companion;

import java.util.Optional;

/// Where companions find what they can say.
@FunctionalInterface
public interface Banks {
  /// Nothing at all.
  Banks NONE = _ -> Optional.empty();

  /// The bank of a language with its games, if there is one and it is ready. Never blocks: whoever
  /// asks first has it made ready, and finds it a while later. Thread-safe.
  ///
  /// @param language as in `en`
  Optional<Repertoire> of(String language);
}
