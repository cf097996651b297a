package parley.bot.core.game;

import java.util.List;

/// What may be true of a thing.
///
/// @param question asks for it
/// @param words by which it is recognised in a question of somebody else's
record Trait(String key, String question, List<String> words) {
  Trait {
    words = List.copyOf(words);
  }
}
