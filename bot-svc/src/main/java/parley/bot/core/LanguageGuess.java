package parley.bot.core;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Tells the language of a few sentences by their script and their smallest words. It would rather
/// say nothing than something wrong: words that two languages share count for both.
public final class LanguageGuess {
  private static final int ENOUGH = 3;
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}']+");

  private static final Map<String, Set<String>> SMALL_WORDS =
      Map.of(
          "en",
          words("the and you are is it that what this with have for not but was your they do how"),
          "de",
          words("der die das und ich du ist nicht ein eine mit auch was wie dich mir sich es auf"),
          "fr",
          words("le les des et je tu est pas une vous que qui dans pour avec sur ce mais c'est"),
          "es",
          words("el los las y yo tú es no una que qué con por para pero muy como está eso te"),
          "pt",
          words("o os as e eu você é não uma que com por para mas muito como está isso te um"),
          "it",
          words("il gli le e io tu è non una che con per ma molto come sono cosa questo ti di"),
          "pl",
          words("i nie to się na że jest w z co jak do ale czy tak ja ty mnie ci być"),
          "tr",
          words("ve bir bu ne için çok ama da de mi mı ben sen var yok gibi daha nasıl değil"));

  private LanguageGuess() {}

  /// The language as in `de`; empty if that cannot be told.
  public static Optional<String> of(String text) {
    List<String> words = Arrays.asList(NO_WORD.split(text.toLowerCase(Locale.ROOT)));
    return byScript(text).or(() -> bySmallWords(words));
  }

  private static Optional<String> byScript(String text) {
    Map<String, Long> letters =
        text.codePoints()
            .filter(Character::isLetter)
            .mapToObj(letter -> script(Character.UnicodeScript.of(letter)))
            .collect(
                Collectors.groupingBy(Function.identity(), HashMap::new, Collectors.counting()));
    long all = letters.values().stream().mapToLong(Long::longValue).sum();
    return letters.entrySet().stream()
        .filter(script -> !script.getKey().isEmpty() && script.getValue() * 2 > all && all > ENOUGH)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static String script(Character.UnicodeScript script) {
    return switch (script) {
      case CYRILLIC -> "ru";
      case ARABIC -> "ar";
      case HAN -> "zh";
      case HIRAGANA, KATAKANA -> "ja";
      case HANGUL -> "ko";
      default -> "";
    };
  }

  private static Optional<String> bySmallWords(List<String> words) {
    Map<String, Long> found =
        SMALL_WORDS.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    language -> words.stream().filter(language.getValue()::contains).count()));
    List<Map.Entry<String, Long>> best =
        found.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .toList();
    long first = best.getFirst().getValue();
    boolean clear = first >= ENOUGH && first >= 2 * best.get(1).getValue();
    return clear ? Optional.of(best.getFirst().getKey()) : Optional.empty();
  }

  private static Set<String> words(String list) {
    return Set.of(list.split(" "));
  }
}
