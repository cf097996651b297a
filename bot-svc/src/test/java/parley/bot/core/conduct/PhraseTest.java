package parley.bot.core.conduct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhraseTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          are you real                 ; well are you REAL?
          are you real                 ; are you reeeal
          meet                         ; let us meeet
          (a big|the) (red)? house     ; in a big house
          (a big|the) (red)? house     ; the red house
          i .. sad                     ; i am so very sad
          < what are you >             ; hi! what are you? tell
          kill*                        ; three killings
          *strasse {number}            ; Bahnhofstraße 12
          töten                        ; toeten
          töten                        ; toten
          i am {age}                   ; i am 17
          {word} street                ; Baker Street
          don't                        ; dont
          don't                        ; don’t
          أموت                         ; فأموت وأموت
          """)
  void isFound(String phrase, String text) {
    assertThat(find(phrase, text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          are you real                 ; are you really
          are you real                 ; are you. real
          meet                         ; we met
          met                          ; we meet
          i .. sad                     ; i was never once really sad
          < what are you >             ; what are you doing
          i am {age}                   ; i am 18
          i am {age}                   ; i am 4
          kill                         ; skill
          (a|b) c                      ; c
          """)
  void isNotFound(String phrase, String text) {
    assertThat(find(phrase, text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          (a b     | expected ')' at the end
          a) b     | expected '(' before ')'
          a {year} | found {year}, expected {age}, {number} or {word}
          a*b c    | found 'a*b', expected a word, with a * at its start or end at most
          .. <     | expected at least one word
          word? a  | found '?', expected a word, with a * at its start or end at most
          """)
  void whatIsWrongIsSaid(String phrase, String fault) {
    assertThatThrownBy(() -> Phrase.parse(phrase)).hasMessage(fault);
  }

  @Test
  void aBarNeedsBrackets() {
    assertThatThrownBy(() -> Phrase.parse("a | b"))
        .hasMessage("expected '|' inside of '(' and ')' only");
  }

  @Test
  void whatIsHarmlessIsTakenOutFirst() {
    Phrases phrases =
        new Phrases(List.of(Phrase.parse("i die")), List.of(Phrase.parse("i die laughing")));
    assertThat(phrases.areIn(Folding.fold("i die laughing"))).isFalse();
    assertThat(phrases.areIn(Folding.fold("i die laughing, and then i die"))).isTrue();
  }

  @Test
  void noPhraseFindsNothing() {
    assertThat(new Phrases(List.of(), List.of()).areIn(Folding.fold("anything"))).isFalse();
  }

  private static boolean find(String phrase, String text) {
    return new Phrases(List.of(Phrase.parse(phrase)), List.of()).areIn(Folding.fold(text));
  }
}
