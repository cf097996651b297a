package parley.bot.core.companion;

import org.jspecify.annotations.Nullable;
import parley.bot.core.bank.Bank;
import parley.bot.core.game.GameShelf;

/// What a companion can say in one language. Immutable; shared by all conversations.
///
/// @param games null for a language without any
public record Repertoire(Bank bank, @Nullable GameShelf games) {}
