package parley.bot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import parley.bot.core.bank.BankTexts;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.Tongue;
import parley.bot.langchain.KnownMeanings;
import parley.bot.langchain.MiniLmEmbedder;

/// Checks the texts of the banks and learns what they mean, for the class path of a node; run by
/// the build when a text or a rule of the conduct changed; a fault ends it. What the file knows
/// already is not learnt again.
///
/// Arguments: the folder of the banks among the classes, then the languages.
public final class LearnMeanings {
  private LearnMeanings() {}

  public static void main(String[] args) throws IOException {
    Conduct conduct = Conduct.load();
    for (String language : List.of(args).subList(1, args.length)) {
      BankTexts bank = BankTexts.of(language).checked(conduct, Tongue.of(List.of(language)));
      List<String> texts = bank.meant();
      Path file = Path.of(args[0]).resolve(language).resolve(KnownMeanings.FILE);
      before(file, texts).write(texts, file);
    }
    // The native runtime's threads need not be waited for.
    System.exit(0);
  }

  private static KnownMeanings before(Path file, List<String> texts) throws IOException {
    MiniLmEmbedder embedder = new MiniLmEmbedder();
    if (!Files.exists(file)) {
      return KnownMeanings.none(embedder);
    }
    try {
      return KnownMeanings.read(Files.readAllBytes(file), texts, embedder);
    } catch (IOException damagedOrOlder) {
      return KnownMeanings.none(embedder);
    }
  }
}
