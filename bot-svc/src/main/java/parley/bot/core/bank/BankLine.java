package parley.bot.core.bank;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A reply as it is written, with slots, and what may follow on it.
public record BankLine(Place place, String text, List<FollowUp> followUps) {
  private static final Pattern OPENS_A_SENTENCE = Pattern.compile("(^|[.!?] )(\\p{Ll})");

  public BankLine {
    followUps = List.copyOf(followUps);
  }

  static BankLine alone(Place place, String text) {
    return new BankLine(place, text, List.of());
  }

  /// The names of its slots.
  Set<String> slots() {
    return Phrasing.SLOT
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toUnmodifiableSet());
  }

  boolean hasSlots() {
    return text.indexOf('{') >= 0;
  }

  /// With its slots filled, and a capital where a slot opens a sentence.
  String filled(Map<String, String> slots) {
    if (!hasSlots()) {
      return text;
    }
    Matcher slot = Phrasing.SLOT.matcher(text);
    String full =
        slot.replaceAll(
            found -> Matcher.quoteReplacement(slots.getOrDefault(found.group(1), "that")));
    return OPENS_A_SENTENCE.matcher(full).replaceAll(BankLine::capital);
  }

  private static String capital(MatchResult found) {
    return Matcher.quoteReplacement(
        found.group(1) + Character.toString(Character.toTitleCase(found.group(2).codePointAt(0))));
  }
}
