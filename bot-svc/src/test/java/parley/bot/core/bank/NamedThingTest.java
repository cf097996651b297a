package parley.bot.core.bank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedThingTest {
  private static final Vocabulary ENGLISH = Vocabulary.of("en");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          my sourdough came out flat; your sourdough
          i finally found a quiet café near here; that quiet café
          the trumpet is in tune; the trumpet
          my cat sleeps on everything; your cat
          Fixed The Old Radio today; the Old Radio
          her accordion again; her accordion
          """)
  void whatIsNamedInPassingIsNamedBack(String said, String thing) {
    assertThat(NamedThing.in(ENGLISH.read(said), ENGLISH))
        .hasValueSatisfying(named -> assertThat(named).isEqualToIgnoringCase(thing));
  }

  @ParameterizedTest
  @CsvSource({
    "i went there and came back",
    "my big heart of gold",
    "the nazis next door",
    "my 5550123",
    "the one",
    "my what",
    "the extremely long winded unbelievable story"
  })
  void whatCannotBeToldOrMustNotBeRepeatedIsNot(String said) {
    assertThat(NamedThing.in(ENGLISH.read(said), ENGLISH)).isEmpty();
  }
}
