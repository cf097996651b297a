package parley.bot.core.conduct;

/// Turns, and the tokens they cost in both directions.
public record Spent(long turns, long tokens) {
  static final Spent NOTHING = new Spent(0, 0);

  Spent and(long tokensOfATurn) {
    return new Spent(turns + 1, tokens + tokensOfATurn);
  }

  Spent withoutATurn(long more) {
    return new Spent(turns, tokens + more);
  }

  boolean reaches(Spent limit, int percent) {
    return turns * 100 >= limit.turns * percent || tokens * 100 >= limit.tokens * percent;
  }
}
