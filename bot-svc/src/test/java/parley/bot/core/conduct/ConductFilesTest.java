package parley.bot.core.conduct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.bot.core.conduct.Reviewed.Say;

/// The files are complete and keep their own rules, and faults in them are told.
class ConductFilesTest {
  private static final int TURNS = 12;

  record Wording(String language, FixedLine which, String text) {}

  static Stream<String> languages() {
    return Tongue.LANGUAGES.stream();
  }

  @ParameterizedTest
  @MethodSource("wordings")
  void whatIsSaidWordForWordKeepsTheRulesForWhatIsSaid(Wording line) {
    assertThat(Table.CONDUCT.review(line.text(), new Tongue(line.language(), "")))
        .isEqualTo(new Say(line.text()));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void theNextTurnHearsOtherWords(String language) {
    Tongue tongue = new Tongue(language, "");
    assertThat(Stream.of(FixedLine.values()).filter(which -> which.least() > 1))
        .allSatisfy(
            which ->
                assertThat(Table.CONDUCT.line(which, tongue, 1))
                    .isNotEqualTo(Table.CONDUCT.line(which, tongue, 2)));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void theTablesShowEnough(String language) {
    Table table = Table.of(language);
    boolean most = language.equals("en");
    assertThat(table.rows("self-harm")).hasSizeGreaterThanOrEqualTo(15);
    assertThat(table.rows("asks-what-you-are")).hasSizeGreaterThanOrEqualTo(most ? 30 : 15);
    assertThat(table.rows("plain")).hasSizeGreaterThanOrEqualTo(most ? 50 : 15);
    assertThat(table.rows("claim")).hasSizeGreaterThanOrEqualTo(most ? 25 : 10);
    assertThat(table.rows("say")).hasSizeGreaterThanOrEqualTo(10);
    assertThat(table.rows("medical"))
        .hasSizeGreaterThanOrEqualTo(most ? 20 : language.equals("de") ? 10 : 4);
    for (String section :
        List.of("violence", "minor-in-sexual-context", "wants-contact", "wants-to-meet")) {
      assertThat(table.rows(section)).as(section).hasSizeGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void filesThatAreMissingAreFaultsAllAtOnce() {
    ConductFaults faults = faultsOf(_ -> "");
    assertThat(faults.faults())
        .contains(
            "en/rules.txt: [self-harm] has 0 lines, expected 1 or more",
            "ar/rules.txt: [address] has 0 lines, expected 1 or more",
            "ru/lines.txt: [provider-failed] has 0 lines, expected 3 or more",
            "tr/lines.txt: [emergency self-harm] has 0 lines, expected 3 or more");
  }

  @Test
  void everyFaultOfAFileOfPhrasesIsToldWithItsLine() {
    String text = "first\n[self-harm]\n# a note\nkill (me\n[nonsense]\n[self-harm]\nkill me";
    assertThat(faults(faults -> RuleBook.read("xx/rules.txt", text, faults)))
        .contains(
            "xx/rules.txt:1: found 'first', expected a [section] first",
            "xx/rules.txt:4: 'kill (me': expected ')' at the end",
            "xx/rules.txt:6: found [self-harm] again, expected each section once",
            "xx/rules.txt: [violence] has 0 lines, expected 1 or more")
        .anyMatch(fault -> fault.startsWith("xx/rules.txt: found [nonsense], expected one of"));
  }

  @Test
  void everyFaultOfAFileOfLinesIsToldWithItsLine() {
    String text =
        "[shutdown]\nBye {numbers}\nBye {name}\nBye\nBye\n%s\n[emergency comes]\nCall them."
            .formatted("a".repeat(501));
    assertThat(faults(faults -> LineBook.read("xx/lines.txt", text, faults)))
        .contains(
            "xx/lines.txt:2: 'Bye {numbers}': found 1 times {numbers}, expected 0",
            "xx/lines.txt:3: 'Bye {name}': expected no braces but those of {numbers}",
            "xx/lines.txt:5: 'Bye': found again, expected other words each time",
            "xx/lines.txt:6: has 501 characters, expected up to 500",
            "xx/lines.txt:8: 'Call them.': found 0 times {numbers}, expected 1");
  }

  @Test
  void everyFaultOfTheHelpLinesIsToldWithItsLine() {
    String text = "# a note\nAT | 112 | 142\nxx | 1 | 2 | 3\nDE | 112 | - | -\nDE | 110 | - | -";
    assertThat(faults(faults -> HelpLines.read("helplines.txt", text, faults)))
        .containsExactly(
            "helplines.txt:2: 'AT | 112 | 142': expected 'where | comes | listens | to children',"
                + " with - for none",
            "helplines.txt:3: found 'xx', expected a country (AT) or one of " + Tongue.LANGUAGES,
            "helplines.txt:5: found 'DE' again, expected each place once");
  }

  @Test
  void aConductIsNotMadeFromFaultyFiles() {
    assertThatThrownBy(() -> Conduct.read(_ -> "[oops"))
        .isInstanceOf(ConductFaults.class)
        .hasMessageContaining("de/lines.txt:1: found '[oops'");
  }

  @Test
  void theNamesOfSectionsAreThoseOfTheEnglishFile() {
    assertThat(Arrays.stream(FixedLine.values()).map(FixedLine::section))
        .contains("what-i-am", "provider-failed", "stepping-aside");
  }

  static Stream<Wording> wordings() {
    return languages()
        .flatMap(
            language -> Stream.of(FixedLine.values()).flatMap(which -> wordings(language, which)));
  }

  private static Stream<Wording> wordings(String language, FixedLine which) {
    return IntStream.range(0, TURNS)
        .mapToObj(turn -> Table.CONDUCT.line(which, new Tongue(language, ""), turn))
        .distinct()
        .map(text -> new Wording(language, which, text));
  }

  private static ConductFaults faultsOf(UnaryOperator<String> files) {
    return catchThrowableOfType(ConductFaults.class, () -> Conduct.read(files));
  }

  private static List<String> faults(Consumer<Faults> reading) {
    Faults faults = new Faults();
    reading.accept(faults);
    return catchThrowableOfType(ConductFaults.class, faults::check).faults();
  }
}
