package parley.bot.core.conduct;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Brings what people type into the one shape that [Phrase]s are looked for in: words in lower case
/// without accents, one blank between them, and a stop at each end of a sentence, as in `" . hi
/// there . are you real . "`.
///
/// Apostrophes vanish (`don't`, `dont`), other signs part words. A digit inside a word is the
/// letter it looks like (`k1ll`), at its edge it is a number (`13yo` becomes `13 yo`). A letter
/// that is stretched stands there three times (`diiie`); four letters or more with blanks or stops
/// between them are a word (`d e a d`). What cannot be seen is dropped.
final class Folding {
  private static final Pattern APOSTROPHES = Pattern.compile("['’‘`´ʼʹ′＇]");
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Mn}\\p{Cf}ـ]");
  private static final Pattern LETTERS = Pattern.compile("[ßłıøđæœةىیک]");
  private static final Map<String, String> PLAINER =
      Map.ofEntries(
          Map.entry("ß", "ss"),
          Map.entry("ł", "l"),
          Map.entry("ı", "i"),
          Map.entry("ø", "o"),
          Map.entry("đ", "d"),
          Map.entry("æ", "ae"),
          Map.entry("œ", "oe"),
          Map.entry("ة", "ه"),
          Map.entry("ى", "ي"),
          Map.entry("ی", "ي"),
          Map.entry("ک", "ك"));
  private static final Pattern DISGUISED =
      Pattern.compile("(?<=\\p{IsLatin})(?:0{1,3}|3{1,3}|[1457$@])(?=\\p{IsLatin})");
  private static final Map<Character, String> UNDISGUISED =
      Map.of('0', "o", '1', "i", '3', "e", '4', "a", '5', "s", '7', "t", '$', "s", '@', "a");
  private static final Pattern DIGIT = Pattern.compile("\\p{Nd}");
  private static final Pattern EDGE =
      Pattern.compile("(?<=\\p{Nd})(?=\\p{L})|(?<=\\p{L})(?=\\p{Nd})");
  private static final Pattern NO_STOP =
      Pattern.compile(
          "\\.{2,}|(?<=\\p{Nd})[.,](?=\\p{Nd})|(?<=(?:^|\\P{L})\\p{L})\\.(?=\\p{L}(?!\\p{L}))");
  private static final Pattern STOP = Pattern.compile("[.!?;\\n\\r؟؛。]+");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{Nd}.]+");
  private static final Pattern SPELLED = Pattern.compile("(?<= )(?:\\p{L} ){3,}\\p{L}(?= )");
  private static final Pattern STRETCHED = Pattern.compile("(\\p{L})\\1{3,}");
  private static final Pattern STOPS = Pattern.compile("(?: *\\.)+ *");

  private Folding() {}

  static String fold(String text) {
    String seen = STOP.matcher(replaceInside(letters(text))).replaceAll(" . ");
    String words = BETWEEN_WORDS.matcher(seen).replaceAll(" ").strip();
    String calm = STRETCHED.matcher(words).replaceAll("$1$1$1");
    String framed = STOPS.matcher(". " + calm + " .").replaceAll(" . ");
    return SPELLED.matcher(framed).replaceAll(letters -> letters.group().replace(" ", ""));
  }

  /// A single word of a file, or several if it holds a hyphen; without stops.
  static String word(String text) {
    return BETWEEN_WORDS.matcher(letters(text)).replaceAll(" ").strip();
  }

  private static String letters(String text) {
    String spoken = APOSTROPHES.matcher(text).replaceAll("");
    String lower = Normalizer.normalize(spoken, Form.NFKC).toLowerCase(Locale.ROOT);
    String bare = UNSEEN.matcher(Normalizer.normalize(lower, Form.NFD)).replaceAll("");
    return LETTERS.matcher(bare).replaceAll(letter -> plainer(letter.group()));
  }

  private static String plainer(String letter) {
    return PLAINER.getOrDefault(letter, letter);
  }

  private static String replaceInside(String text) {
    String undisguised = DISGUISED.matcher(text).replaceAll(Folding::undisguise);
    String apart = EDGE.matcher(undisguised).replaceAll(" ");
    String flowing = NO_STOP.matcher(apart).replaceAll(" ");
    return DIGIT
        .matcher(flowing)
        .replaceAll(digit -> String.valueOf(Character.digit(digit.group().codePointAt(0), 10)));
  }

  private static String undisguise(MatchResult sign) {
    char first = sign.group().charAt(0);
    String letter = UNDISGUISED.getOrDefault(first, "");
    return Matcher.quoteReplacement(letter.repeat(sign.group().length()));
  }
}
