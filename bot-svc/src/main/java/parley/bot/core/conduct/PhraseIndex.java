package parley.bot.core.conduct;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Some phrases by the letters they can begin with, so that at each word of a text only the few are
/// tried that may fit: a message is held against the phrases of ten languages.
final class PhraseIndex {
  private static final String BLANKED = "_ ";
  private static final String DIGITS = "0123456789";

  /// Arabic writes "and" and "so" as a part of the next word.
  private static final String JOINED = "وف";

  /// A letter that none of our languages has: whatever can begin with it can begin with anything.
  private static final char NO_LETTER_OF_OURS = 'ꙮ';

  private final Map<Character, List<Pattern>> byFirst;
  private final List<Pattern> byOthers;

  PhraseIndex(List<Phrase> phrases) {
    List<Pattern> patterns = phrases.stream().map(Phrase::regex).map(Pattern::compile).toList();
    byFirst = new HashMap<>();
    (DIGITS + phrases.stream().map(Phrase::regex).collect(Collectors.joining()))
        .chars()
        .filter(Character::isLetterOrDigit)
        .distinct()
        .forEach(letter -> byFirst.put((char) letter, beginning((char) letter, patterns)));
    byOthers = beginning(NO_LETTER_OF_OURS, patterns);
  }

  /// A pattern can begin with a letter if, given that letter alone, it wants to see more: the one
  /// thing that `hitEnd` tells.
  @SuppressWarnings("JdkObsolete")
  private static List<Pattern> beginning(char letter, List<Pattern> patterns) {
    return patterns.stream()
        .filter(
            pattern -> {
              Matcher matcher = at(pattern, " . " + letter, 3);
              return matcher.lookingAt() || matcher.hitEnd();
            })
        .toList();
  }

  private static Matcher at(Pattern pattern, String folded, int start) {
    return pattern.matcher(folded).useTransparentBounds(true).region(start, folded.length());
  }

  boolean isIn(String folded) {
    for (int word = 1; word < folded.length(); word = next(folded, word)) {
      if (end(folded, word) > 0) {
        return true;
      }
    }
    return false;
  }

  /// The same text with something in the place of these phrases that no phrase matches.
  String blankedIn(String folded) {
    StringBuilder blanked = new StringBuilder(folded.substring(0, 1));
    for (int word = 1; word < folded.length(); ) {
      int end = end(folded, word);
      int next = end > 0 ? end : next(folded, word);
      blanked.append(end > 0 ? BLANKED : folded.substring(word, next));
      word = next;
    }
    return blanked.toString();
  }

  private static int next(String folded, int word) {
    return folded.indexOf(' ', word) + 1;
  }

  /// Where a phrase ends that begins with this word; 0 if there is none.
  private int end(String folded, int word) {
    int end = endFrom(folded, word);
    return end == 0 && JOINED.indexOf(folded.charAt(word)) >= 0 ? endFrom(folded, word + 1) : end;
  }

  private int endFrom(String folded, int start) {
    for (Pattern pattern : byFirst.getOrDefault(folded.charAt(start), byOthers)) {
      Matcher matcher = at(pattern, folded, start);
      if (matcher.lookingAt()) {
        return matcher.end();
      }
    }
    return 0;
  }
}
