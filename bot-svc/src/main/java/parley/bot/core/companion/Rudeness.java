package parley.bot.core.companion;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// How probable it is that an English text is toxic: insults, threats, obscenity. A linear
/// classifier over weighed words; the words and their source stand in `rudeness/`. Immutable.
public final class Rudeness {
  private static final String FILE = "/parley/bot/rudeness/words.txt";
  private static final Pattern WORD =
      Pattern.compile("\\b\\w\\w+\\b", Pattern.UNICODE_CHARACTER_CLASS);

  private final Map<String, Word> words;
  private final double offset;

  /// @param rarity what one occurrence counts
  /// @param weight towards harmless if positive
  private record Word(double weight, double rarity) {}

  private Rudeness(Map<String, Word> words, double offset) {
    this.words = Map.copyOf(words);
    this.offset = offset;
  }

  /// The words as they are shipped.
  ///
  /// @throws IllegalStateException if a line of the file is not as its README says
  public static Rudeness load() {
    try (InputStream file = Rudeness.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is not there");
      }
      return read(new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + FILE, unreadable);
    }
  }

  private static Rudeness read(BufferedReader lines) throws IOException {
    Map<String, Word> words = new HashMap<>();
    double offset = Double.NaN;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] parts = line.split(" ", -1);
      if (parts[0].equals("offset")) {
        offset = Double.parseDouble(parts[1]);
      } else if (!line.startsWith("#")) {
        Word word = new Word(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
        for (int at = 2; at < parts.length; at++) {
          words.put(parts[at], word);
        }
      }
    }
    if (Double.isNaN(offset) || words.isEmpty()) {
      throw new IllegalStateException(FILE + " has no offset or no words");
    }
    return new Rudeness(words, offset);
  }

  /// @return 0 to 1; 0.5 and more is what its makers call toxic
  public double of(String text) {
    Map<String, Integer> found = new HashMap<>();
    WORD.matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .map(word -> word.group())
        .filter(words::containsKey)
        .forEach(word -> found.merge(word, 1, Integer::sum));
    double sum = 0;
    double square = 0;
    for (Map.Entry<String, Integer> one : found.entrySet()) {
      Word word = words.getOrDefault(one.getKey(), new Word(0, 0));
      double weighed = one.getValue() * word.rarity();
      sum += weighed * word.weight();
      square += weighed * weighed;
    }
    double along = square > 0 ? sum / Math.sqrt(square) : 0;
    return 1 / (1 + Math.exp(along + offset));
  }
}
