package parley.bot.core.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.bot.core.conduct.Judgement.AsksWhatYouAre;
import parley.bot.core.conduct.Judgement.Emergency;
import parley.bot.core.conduct.Judgement.Plain;
import parley.bot.core.conduct.Judgement.WantsContact;
import parley.bot.core.conduct.Judgement.WantsToMeet;
import parley.bot.core.conduct.Reviewed.Nothing;
import parley.bot.core.conduct.Reviewed.Replaced;
import parley.bot.core.conduct.Reviewed.Say;
import parley.bot.core.conduct.Table.Row;

/// Runs the tables of all languages.
class ConductTableTest {
  private static final List<String> HEARD =
      List.of(
          "self-harm",
          "medical",
          "violence",
          "minor-in-sexual-context",
          "asks-what-you-are",
          "wants-contact",
          "wants-to-meet",
          "plain");
  private static final List<String> SAID =
      List.of("claim", "meeting", "contact", "link", "harm", "leak", "say");

  static Stream<Row> heard() {
    return Table.rows(HEARD);
  }

  static Stream<Row> said() {
    return Table.rows(SAID);
  }

  @ParameterizedTest
  @MethodSource("heard")
  void aMessageIsJudgedForWhatItIs(Row row) {
    assertThat(heardAs(judged(row, row.language()))).isEqualTo(row.section());
  }

  @ParameterizedTest
  @MethodSource("heard")
  void aMessageIsJudgedForWhatItIsWhateverLanguageThePersonNamed(Row row) {
    String named =
        Tongue.LANGUAGES.getLast().equals(row.language()) ? "en" : Tongue.LANGUAGES.getLast();
    assertThat(heardAs(judged(row, named))).isEqualTo(row.section());
  }

  @ParameterizedTest
  @MethodSource("said")
  void aLineIsReviewedForWhatItSays(Row row) {
    Reviewed reviewed = Table.CONDUCT.review(row.text(), new Tongue(row.language(), ""));
    assertThat(saidAs(reviewed)).isEqualTo(row.section());
  }

  private static Judgement judged(Row row, String language) {
    return Table.CONDUCT.judge(new Speech(row.text(), new Tongue(language, ""), 1));
  }

  private static String heardAs(Judgement judgement) {
    return switch (judgement) {
      case Plain _ -> "plain";
      case Emergency(var danger, _) -> section(danger);
      case AsksWhatYouAre _ -> "asks-what-you-are";
      case WantsContact _ -> "wants-contact";
      case WantsToMeet _ -> "wants-to-meet";
    };
  }

  private static String saidAs(Reviewed reviewed) {
    return switch (reviewed) {
      case Say _ -> "say";
      case Replaced(_, var why) -> section(why);
      case Nothing(var why) -> section(why);
    };
  }

  private static String section(Enum<?> which) {
    return which.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
