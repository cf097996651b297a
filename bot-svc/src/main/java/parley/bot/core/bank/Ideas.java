package parley.bot.core.bank;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import parley.bot.core.conduct.PhraseBook;

/// What the lines of a language ask or say, whatever their words: "How was that for you?" and "How
/// did you take that?" are one idea. From a file `ideas.txt` of sections as in the rules of the
/// conduct. Thread-safe.
public final class Ideas {
  /// Knows none.
  static final Ideas NONE = new Ideas(PhraseBook.EMPTY);

  /// Begins the names of ideas that are better not said twice; the others never are.
  private static final String SOFT = "soft-";

  private final PhraseBook phrases;
  private final Map<String, Set<String>> known = new ConcurrentHashMap<>();

  private Ideas(PhraseBook phrases) {
    this.phrases = phrases;
  }

  /// @param file its name, for faults
  /// @throws parley.bot.core.conduct.ConductFaults with everything that is wrong with the text
  static Ideas read(String file, String text) {
    List<String> names =
        text.lines()
            .map(String::strip)
            .filter(line -> line.startsWith("[") && line.endsWith("]"))
            .map(line -> line.substring(1, line.length() - 1))
            .filter(name -> !name.startsWith("not "))
            .distinct()
            .toList();
    return new Ideas(PhraseBook.read(file, text, names));
  }

  /// The ideas of a line, by name.
  ///
  /// @param line as it is written, with its slots
  Set<String> of(String line) {
    return known.computeIfAbsent(line, text -> Set.copyOf(phrases.allIn(text)));
  }

  /// It may come twice where nothing else fits.
  static boolean isSoft(String idea) {
    return idea.startsWith(SOFT);
  }
}
