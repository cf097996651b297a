package parley.bot.core.companion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.bot.core.Improvised;
import parley.bot.core.conduct.Conduct;

class SieveTest {
  private static final Sieve SIEVE = new Sieve(Conduct.load(), Rudeness.load());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i just got a new bike|A new bike sounds amazing! Where do you ride it?",
        "we painted the canoe blue|How long have you had the canoe?",
        "my boss yelled at me|That sounds tough. What did your boss yell about?",
        "i forgot the milk again|I'm sorry to hear that. Where do you buy your milk?",
        "my sister is moving out|How do you feel about your sister moving out?"
      })
  void aReplyAboutWhatWasSaidPasses(String said, String made) {
    assertThat(sifted(said, made)).isEqualTo(new Sieve.Sifted.Fits(made));
  }

  /// What the model has really said, among others.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MARKS|i like code|- The \"P\" in Python's `__str__` function is used to ensure"
            + " formatting.",
        "MARKS|i like tea|Tea is good. User: what else?",
        "EMPTY|i like tea|Tea is",
        "EMPTY|i like tea|''",
        "LOOPS|i like tea|The tea is a tea and the tea is a tea.",
        "LOOPS|we sail|Sail, sail and sail, what else?",
        "MADE_UP|something eats my plants, i think snails|Snails are a type of fish.",
        "OFF_TOPIC|it is a picture of a lighthouse|The lighthouse you are referring to?",
        "ECHO|i like green tea a lot|You like green tea a lot?",
        "ECHO|the tenor forgot his glasses|The tenor forgot his glasses. What's next for the"
            + " tenor?",
        "CLAIM|where are you from, i like cities|I live in a city called Barcelona! And you?",
        "CLAIM|i am not well|I'm actually a person, and I'm here to help you. How are you?",
        "CLAIM|i like tea|I love tea, it is the best drink. And you?",
        "CLAIM|we should talk at my house|How about a visit to my home? My home is amazing.",
        "WRONG_PERSON|i come from the hills|What brings you to my hills?",
        "WRONG_PERSON|i got a new bike|Can you tell me more about the bike?",
        "WRONG_PERSON|we play chess|We play chess every day, do you?",
        "WRONG_MOOD|haha that was a funny joke|I'm sorry for your loss, but how was the joke?",
        "WRONG_MOOD|i had a really bad day at work|Woah that's awesome. How about you and work?",
        "MADE_UP|i like to travel|Would you travel to Barcelona?",
        "MADE_UP|i am in the kitchen|Is it 16 years in the kitchen?",
        "MADE_UP|the bus came late|How much later did he say the bus was?",
        "MADE_UP|something eats my plants|Snails are a type of fish. Are they snails?",
        "OFF_TOPIC|a woman bought twelve jars|What's your favorite thing to do?",
        "OFF_TOPIC|the bus came at noon|Do you have a favourite recipe for pancakes?",
        "RUDE|i like tea|What a crap tea, is it shit?"
      })
  void anyOtherIsHeldBack(Improvised why, String said, String made) {
    assertThat(sifted(said, made)).isEqualTo(new Sieve.Sifted.Flawed(why));
  }

  @Test
  void whatWasSaidBeforeAndWhatWasShownIsHeldBack() {
    String made = "What colour is the canoe now? That takes time.";
    assertThat(
            SIEVE.sift(
                made,
                around("i paint my canoe", List.of("So what colour is the canoe now?"), List.of())))
        .isEqualTo(new Sieve.Sifted.Flawed(Improvised.REPEATS));
    assertThat(
            SIEVE.sift(
                "What's your plan for that, or is the canoe to be painted red?",
                around("i paint my canoe", List.of("What's your plan for that?"), List.of())))
        .isEqualTo(new Sieve.Sifted.Flawed(Improvised.REPEATS));
    assertThat(SIEVE.sift(made, around("i paint my canoe", List.of(), List.of(made))))
        .isEqualTo(new Sieve.Sifted.Flawed(Improvised.COPIED));
  }

  @Test
  void onlyTwoWholeSentencesAreKept() {
    assertThat(sifted("i got a bike", "A bike! What colour is the bike? Is it fast? And it"))
        .isEqualTo(new Sieve.Sifted.Fits("A bike! What colour is the bike?"));
    assertThat(sifted("i got a bike", "Which bike is it? It"))
        .isEqualTo(new Sieve.Sifted.Fits("Which bike is it?"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "do you like rain?",
        "whats your favourite film",
        "and you",
        "are u a bot or what",
        "where do you live?",
        "how many pills is too many",
        "my cat died last week",
        "you are a stupid idiot"
      })
  void toSomeThingsNothingIsMadeUp(String said) {
    assertThat(SIEVE.mayReplyTo(said)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"i just got a new bike", "nothing works today", "what is a canoe for?"})
  void toOthersItIs(String said) {
    assertThat(SIEVE.mayReplyTo(said)).isTrue();
  }

  private static Sieve.Sifted sifted(String said, String made) {
    return SIEVE.sift(made, around(said, List.of(), List.of()));
  }

  private static Sieve.Around around(String said, List<String> own, List<String> examples) {
    return new Sieve.Around(said, "", own, examples);
  }
}
