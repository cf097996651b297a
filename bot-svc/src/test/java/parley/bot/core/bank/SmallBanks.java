package parley.bot.core.bank;

import java.util.List;

/// Banks of a few lines.
public final class SmallBanks {
  static final String WORDS =
      """
      filler: well
      trailing: too lol
      stop: but because
      barred: you it
      sentence: i my
      never: hitler
      not: not no never
      asks: why
      short: im = i am
      short: dont = do not
      swap: my = your
      group yes: yes | i do
      """;
  static final String CLAIMS =
      """
      \\bme too\\b
      not: \\bif i love\\b
      \\bi love\\b
      """;

  private SmallBanks() {}

  /// @throws FaultyTexts with what the check finds
  static BankTexts texts(String content) {
    return BankTexts.of(
        TextLine.of("words.txt", WORDS),
        Claims.of(TextLine.of("claims.txt", CLAIMS)),
        List.of(TextLine.of("test.txt", content)));
  }

  public static Bank bank(String content) {
    return new Bank(texts(content), new HashingEmbedder());
  }
}
