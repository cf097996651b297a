package parley.bot.core.bank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SumsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          what is 12 times 12; 144
          whats 12*12?; 144
          7 + 5 =; 12
          how much is 10 minus 25; -15
          calculate 3,5 x 2; 7
          100 / 8; 12.5
          1 divided by 3; 0.3333333
          5 - 5; 0
          wie viel ist 6 mal 7; 42
          1000 times 1000; 1000000
          """)
  void twoNumbersAreWorkedOut(String text, String result) {
    assertThat(Sums.in(text)).contains(result);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "12",
        "i am 24",
        "two, 3 and 5",
        "10 / 0",
        "it starts at 6:30 and ends at 8",
        "call 123456789012 times 2",
        "999999999 times 999999999999",
        "i got 5 x 5 rooms and a garden",
        "i work 24/7",
        "we won 3:1",
        "i get up at 7:30",
        "9-5",
        "i am 20-25",
        "50/50"
      })
  void anythingElseIsNoSum(String text) {
    assertThat(Sums.in(text)).isEmpty();
  }

  @Test
  void theLongestProductHasEighteenDigitsAndIsNotSaid() {
    assertThat(Sums.in("999999999 x 999999999")).isEmpty();
  }
}
