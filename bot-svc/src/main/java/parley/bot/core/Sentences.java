package parley.bot.core;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Cuts words into sentences as they come. A sentence is whole when something follows it, or a line
/// ends; one of a word or two waits for the next. Used by one thread.
public final class Sentences {
  private static final int SHORT = 12;

  private final BreakIterator breaks;
  private final StringBuilder rest = new StringBuilder();

  /// @param language as in `de`
  public Sentences(String language) {
    this.breaks = BreakIterator.getSentenceInstance(Locale.forLanguageTag(language));
  }

  /// More words.
  ///
  /// @return the sentences that are whole now
  public List<String> add(String words) {
    rest.append(words);
    List<String> whole = new ArrayList<>();
    String text = rest.toString();
    breaks.setText(text);
    int from = 0;
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      String sentence = text.substring(from, end).strip();
      boolean follows = end < text.length() || text.endsWith("\n");
      if (follows && sentence.length() >= SHORT) {
        whole.add(sentence);
        from = end;
      }
    }
    rest.delete(0, from);
    return whole;
  }

  /// What is left, when there will be no more.
  public List<String> end() {
    String last = rest.toString().strip();
    rest.setLength(0);
    return last.isEmpty() ? List.of() : List.of(last);
  }

  /// How many characters wait for the end of their sentence.
  public int waiting() {
    return rest.length();
  }
}
