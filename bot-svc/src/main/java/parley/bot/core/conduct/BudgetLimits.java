package parley.bot.core.conduct;

/// @param conversation what one conversation may cost
/// @param day what one device may cost on one day
/// @param nearPercent from here on a budget is near its end, 1 to 99
/// @param devices how many devices of a day are remembered; beyond that, who was silent longest is
///   forgotten
public record BudgetLimits(Spent conversation, Spent day, int nearPercent, int devices) {
  /// An evening of talk.
  public static final BudgetLimits DEFAULT =
      new BudgetLimits(new Spent(120, 120_000), new Spent(400, 400_000), 90, 100_000);

  public BudgetLimits {
    if (conversation.turns() < 1 || conversation.tokens() < 1) {
      throw new IllegalArgumentException(
          "conversation is " + conversation + ", expected a turn and a token or more");
    }
    if (day.turns() < conversation.turns() || day.tokens() < conversation.tokens()) {
      throw new IllegalArgumentException(
          "day is " + day + ", expected " + conversation + " of a conversation or more");
    }
    if (nearPercent < 1 || nearPercent > 99) {
      throw new IllegalArgumentException("near percent is " + nearPercent + ", expected 1 to 99");
    }
    if (devices < 1) {
      throw new IllegalArgumentException("devices are " + devices + ", expected 1 or more");
    }
  }
}
