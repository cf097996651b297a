package parley.bot.core.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Hi there! Are you REAL?      | hi there . are you real
          I don’t, I don't, I dont     | i dont i dont i dont
          self-harm                    | self harm
          wait... what                 | wait what
          k1ll s3x n00ds               | kill sex noods
          13yo, f14                    | 13 yo f 14
          diiiiie                      | diiie
          d e a d                      | dead
          d.e.a.d                      | dead
          a b c                        | a b c
          1.5 and 1,000                | 1 5 and 1 000
          ÉLÈVE Łódź İstanbul ışık     | eleve lodz istanbul isik
          Straße Œuvre                 | strasse oeuvre
          Ёлка йод                     | елка иод
          أَنتَ إنسان؟                 | انت انسان
          ١٢ ۱۲                        | 12 12
          Ｆｕｌｌ                         | full
          """)
  void whatPeopleTypeIsFolded(String typed, String folded) {
    assertThat(Folding.fold(typed)).isEqualTo(" . " + folded + " . ");
  }

  @Test
  void whatCannotBeSeenIsDropped() {
    assertThat(Folding.fold("ki\u200bll\u00ad")).isEqualTo(" . kill . ");
  }

  @Test
  void nothingIsOneStop() {
    assertThat(Folding.fold("")).isEqualTo(" . ");
    assertThat(Folding.fold("?! 🙂")).isEqualTo(" . ");
  }
}
