package parley.bot.core.bank;

import java.util.ArrayList;
import java.util.List;

/// All texts of one language, read and found to be without fault.
public final class BankTexts {
  private final Vocabulary vocabulary;
  private final List<Exchange> exchanges;

  BankTexts(Vocabulary vocabulary, List<Exchange> exchanges) {
    this.vocabulary = vocabulary;
    this.exchanges = List.copyOf(exchanges);
  }

  /// Reads the files that `bank/<language>/files.txt` names.
  ///
  /// @param language as its folder is called, such as `en`
  /// @throws FaultyTexts with everything that is wrong with them
  public static BankTexts of(String language) {
    String folder = "bank/" + language + "/";
    List<List<TextLine>> files =
        TextLine.of(folder + "files.txt").stream()
            .filter(line -> !line.isEmpty())
            .map(line -> TextLine.of(folder + line.text()))
            .toList();
    return of(
        TextLine.of(folder + "words.txt"), Claims.of(TextLine.of(folder + "claims.txt")), files);
  }

  /// @throws FaultyTexts with everything that is wrong with them
  static BankTexts of(List<TextLine> words, Claims claims, List<List<TextLine>> files) {
    List<TextFault> faults = new ArrayList<>();
    Vocabulary vocabulary = Vocabulary.of(words, faults);
    List<Exchange> exchanges =
        files.stream().flatMap(file -> BankReader.read(file, vocabulary, faults).stream()).toList();
    faults.addAll(new BankCheck(vocabulary, claims).faults(exchanges));
    if (!faults.isEmpty()) {
      throw new FaultyTexts(faults);
    }
    return new BankTexts(vocabulary, exchanges);
  }

  public Vocabulary vocabulary() {
    return vocabulary;
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
