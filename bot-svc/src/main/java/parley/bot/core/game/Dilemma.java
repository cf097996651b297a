package parley.bot.core.game;

/// Two things to choose from, and what is said to each choice.
record Dilemma(String first, String second, String toFirst, String toSecond) {}
