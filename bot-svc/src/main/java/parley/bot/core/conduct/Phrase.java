package parley.bot.core.conduct;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Some words to look for, as a line of `rules.txt` writes them:
///
/// - `word`: this word, whatever its case, accents or stretched letters; `word*` and `*word` with
///   any letters after or before it. A word with an umlaut also stands for itself with ae, oe, ue.
/// - `(a b|c)`: one of these; `(a|b)?`: one of these or nothing.
/// - `..`: up to three words. `<` and `>`: a sentence begins, ends here.
/// - `{age}`: an age under 18; `{number}`: a number; `{word}`: any one word.
///
/// Looks in what [Folding#fold] returns, within one sentence.
///
/// @param regex what it looks for, from the first letter of a word to the blank after the last one
record Phrase(String regex) {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(\\(|\\)\\??|\\||\\.\\.|[<>]|\\{[^}]*}|[^\\s()|<>{}?]+|\\S)");
  private static final String ANY_LETTERS = "[^ ._]*";
  private static final Map<String, String> SIGNS =
      Map.of(
          "(", "(?:",
          ")", ")",
          ")?", ")?",
          "|", "|",
          "..", "(?:[^ ._]+ ){0,3}",
          "<", "(?<=\\. )",
          ">", "(?=\\. )",
          "{age}", "(?:[5-9]|1[0-7]) ",
          "{number}", "\\p{Nd}+ ",
          "{word}", "[^ ._]+ ");

  /// @throws IllegalArgumentException that says what was expected
  static Phrase parse(String line) {
    List<String> tokens = tokens(line);
    int depth = 0;
    boolean words = false;
    StringBuilder regex = new StringBuilder();
    for (String token : tokens) {
      depth += token.equals("(") ? 1 : token.startsWith(")") ? -1 : 0;
      if (depth < 0) {
        throw new IllegalArgumentException("expected '(' before ')'");
      }
      if (token.equals("|") && depth == 0) {
        throw new IllegalArgumentException("expected '|' inside of '(' and ')' only");
      }
      words |= Character.isLetterOrDigit(token.replace("*", "").codePointAt(0));
      regex.append(regexOf(token));
    }
    if (depth > 0) {
      throw new IllegalArgumentException("expected ')' at the end");
    }
    if (!words) {
      throw new IllegalArgumentException("expected at least one word");
    }
    return new Phrase(regex.toString());
  }

  private static List<String> tokens(String line) {
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(line.strip());
    while (token.find()) {
      tokens.add(token.group(1));
    }
    return tokens;
  }

  private static String regexOf(String token) {
    String sign = SIGNS.get(token);
    if (sign != null) {
      return sign;
    }
    if (token.startsWith("{")) {
      throw new IllegalArgumentException("found " + token + ", expected {age}, {number} or {word}");
    }
    SequencedSet<String> spellings = new LinkedHashSet<>();
    spellings.add(token);
    spellings.add(withoutUmlauts(token));
    return spellings.stream().map(Phrase::spelling).collect(Collectors.joining("|", "(?:", ")"));
  }

  private static String withoutUmlauts(String word) {
    return word.toLowerCase(Locale.ROOT).replace("ä", "ae").replace("ö", "oe").replace("ü", "ue");
  }

  private static String spelling(String word) {
    String before = word.startsWith("*") ? ANY_LETTERS : "";
    String after = word.length() > 1 && word.endsWith("*") ? ANY_LETTERS : "";
    String letters = Folding.word(word);
    if (letters.isEmpty() || word.substring(1, Math.max(1, word.length() - 1)).contains("*")) {
      throw new IllegalArgumentException(
          "found '" + word + "', expected a word, with a * at its start or end at most");
    }
    return before + stretchable(letters) + after + " ";
  }

  /// Letters as often as they stand there, or three times: see [Folding].
  private static String stretchable(String letters) {
    StringBuilder regex = new StringBuilder();
    for (int at = 0, next; at < letters.length(); at = next) {
      char letter = letters.charAt(at);
      for (next = at + 1; next < letters.length() && letters.charAt(next) == letter; next++) {}
      String run = letters.substring(at, next);
      regex.append(run);
      if (Character.isLetter(letter) && run.length() < 3) {
        regex.append(run.length() == 1 ? "(?:" + letter + letter + ")?" : letter + "?");
      }
    }
    return regex.toString();
  }
}
