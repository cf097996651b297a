package parley.bot.core.bank;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What only somebody with a body and a life could truly say, as patterns of one language. Comes
/// from a file `claims.txt`: one regular expression a line, lower case; a line that begins with
/// `not:` names what is no claim though it looks like one.
public final class Claims {
  private final List<Pattern> claims;
  private final List<Pattern> harmless;

  private Claims(List<Pattern> claims, List<Pattern> harmless) {
    this.claims = List.copyOf(claims);
    this.harmless = List.copyOf(harmless);
  }

  /// @throws FaultyTexts if a line is no regular expression
  public static Claims of(List<TextLine> lines) {
    List<Pattern> claims = new ArrayList<>();
    List<Pattern> harmless = new ArrayList<>();
    List<TextFault> faults = new ArrayList<>();
    for (TextLine line : lines) {
      try {
        if (line.text().startsWith("not:")) {
          harmless.add(Pattern.compile(line.afterColon()));
        } else if (!line.isEmpty()) {
          claims.add(Pattern.compile(line.text()));
        }
      } catch (PatternSyntaxException e) {
        faults.add(new TextFault(line.place(), String.valueOf(e.getMessage())));
      }
    }
    if (!faults.isEmpty()) {
      throw new FaultyTexts(faults);
    }
    return new Claims(claims, harmless);
  }

  /// The first words of the text that claim a life.
  public Optional<String> in(String text) {
    String plain = text.toLowerCase(Locale.ROOT).replace('’', '\'');
    for (Pattern pattern : harmless) {
      plain = pattern.matcher(plain).replaceAll("…");
    }
    for (Pattern claim : claims) {
      Matcher found = claim.matcher(plain);
      if (found.find()) {
        return Optional.of(found.group());
      }
    }
    return Optional.empty();
  }
}
