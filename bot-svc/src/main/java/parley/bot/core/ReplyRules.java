package parley.bot.core;

/// What an answer may be.
///
/// @param tokens what a provider is asked for at most; twice as many are too many
/// @param sentences how many of them are said
/// @param characters how many of them are said, sentences together
public record ReplyRules(int tokens, int sentences, int characters) {
  public static final ReplyRules DEFAULT = new ReplyRules(160, 4, 500);
}
