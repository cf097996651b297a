package parley.bot.core.companion;

import java.util.Optional;
import parley.bot.core.bank.Bank;

/// Where companions find their banks of small talk.
@FunctionalInterface
public interface Banks {
  /// No banks at all.
  Banks NONE = _ -> Optional.empty();

  /// The bank of a language, if there is one and it is ready. Never blocks: whoever asks first has
  /// it made ready, and finds it a while later. Thread-safe.
  ///
  /// @param language as in `en`
  Optional<Bank> of(String language);
}
