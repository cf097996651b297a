package parley.bot.core.bank;

import java.util.Arrays;
import java.util.List;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.PhraseBook;
import parley.bot.core.conduct.Tongue;

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
      asks: why tell
      short: im = i am
      short: dont = do not
      swap: my = your
      group more: another one | more | one more | again
      group away: goodbye
      group leaving: goodbye | bye
      group back: and you
      group yes: yes | i do
      """;
  private static final Conduct CONDUCT = Conduct.load();
  private static final Tongue ENGLISH = Tongue.of(List.of("en"));

  private SmallBanks() {}

  /// @throws FaultyTexts with what the check finds
  static BankTexts texts(String content) {
    return texts(content, PhraseBook.EMPTY, Ideas.NONE);
  }

  private static BankTexts texts(String content, PhraseBook feelings, Ideas ideas) {
    return BankTexts.of(
            TextLine.of("words.txt", WORDS),
            feelings,
            ideas,
            List.of(TextLine.of("test.txt", content)))
        .checked(CONDUCT, ENGLISH);
  }

  public static Bank bank(String content) {
    return new Bank(texts(content), new HashingEmbedder());
  }

  /// @param feelings as in `feelings.txt`
  static Bank feeling(String content, String feelings) {
    PhraseBook moods =
        PhraseBook.read(
            "feelings.txt", feelings, Arrays.stream(Mood.values()).map(Mood::key).toList());
    return new Bank(texts(content, moods, Ideas.NONE), new HashingEmbedder());
  }

  /// @param ideas as in `ideas.txt`
  static Bank withIdeas(String content, String ideas) {
    return new Bank(
        texts(content, PhraseBook.EMPTY, Ideas.read("ideas.txt", ideas)), new HashingEmbedder());
  }
}
