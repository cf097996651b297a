package parley.bot.core.bank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.PhraseBook;
import parley.bot.core.conduct.Tongue;

/// All texts of one language. Immutable.
public final class BankTexts {
  private final Vocabulary vocabulary;
  private final PhraseBook feelings;
  private final Ideas ideas;
  private final List<Exchange> exchanges;

  BankTexts(Vocabulary vocabulary, PhraseBook feelings, Ideas ideas, List<Exchange> exchanges) {
    this.vocabulary = vocabulary;
    this.feelings = feelings;
    this.ideas = ideas;
    this.exchanges = List.copyOf(exchanges);
  }

  /// Reads the files that `bank/<language>/files.txt` names.
  ///
  /// @param language as its folder is called, such as `en`
  /// @throws FaultyTexts with every line that cannot be read
  public static BankTexts of(String language) {
    String folder = "bank/" + language + "/";
    List<List<TextLine>> files =
        TextLine.of(folder + "files.txt").stream()
            .filter(line -> !line.isEmpty())
            .map(line -> TextLine.of(folder + line.text()))
            .toList();
    String feelings = folder + "feelings.txt";
    String ideas = folder + "ideas.txt";
    return of(
        TextLine.of(folder + "words.txt"),
        PhraseBook.read(
            feelings,
            TextLine.whole(feelings),
            Arrays.stream(Mood.values()).map(Mood::key).toList()),
        Ideas.read(ideas, TextLine.whole(ideas)),
        files);
  }

  /// @throws FaultyTexts with every line that cannot be read
  static BankTexts of(
      List<TextLine> words, PhraseBook feelings, Ideas ideas, List<List<TextLine>> files) {
    List<TextFault> faults = new ArrayList<>();
    Vocabulary vocabulary = Vocabulary.of(words, faults);
    List<Exchange> exchanges =
        files.stream().flatMap(file -> BankReader.read(file, vocabulary, faults).stream()).toList();
    if (!faults.isEmpty()) {
      throw new FaultyTexts(faults);
    }
    return new BankTexts(vocabulary, feelings, ideas, exchanges);
  }

  /// The same texts, found to be without fault. The build does it, and its tests: a node need not.
  ///
  /// @param conduct judges every reply as if a model had written it, and more strictly
  /// @throws FaultyTexts with everything that is wrong with them
  public BankTexts checked(Conduct conduct, Tongue tongue) {
    List<TextFault> faults = new BankCheck(vocabulary, conduct, tongue).faults(exchanges);
    if (!faults.isEmpty()) {
      throw new FaultyTexts(faults);
    }
    return this;
  }

  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /// Words that tell how a person feels, by the keys of moods.
  PhraseBook feelings() {
    return feelings;
  }

  /// What its lines ask or say, whatever their words.
  Ideas ideas() {
    return ideas;
  }

  /// What an embedder is asked about when a bank is made of these texts, each once.
  public List<String> meant() {
    return exchanges.stream()
        .flatMap(exchange -> exchange.phrasings().stream())
        .map(Phrasing::plain)
        .distinct()
        .toList();
  }

  public List<Exchange> exchanges() {
    return exchanges;
  }
}
