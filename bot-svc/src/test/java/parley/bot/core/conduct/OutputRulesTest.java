package parley.bot.core.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.bot.core.conduct.Reviewed.Nothing;
import parley.bot.core.conduct.Reviewed.Replaced;
import parley.bot.core.conduct.Reviewed.Say;
import parley.bot.core.conduct.Reviewed.Why;

class OutputRulesTest {
  private static final Conduct CONDUCT = Table.CONDUCT;
  private static final Tongue ENGLISH = new Tongue("en", "");

  @Test
  void aLinkTakesItsSentence() {
    assertThat(review("That is nice! Look at https://a.example/b. What else?"))
        .isEqualTo(new Replaced("That is nice! What else?", Why.LINK));
  }

  @Test
  void nothingIsLeftOfALineThatIsALink() {
    assertThat(review("www.example.com")).isEqualTo(new Nothing(Why.LINK));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          <|im_start|>assistant Hello.<|im_end|> => assistant Hello.
          assistant: Hello.                      => Hello.
          Hello.<|im_end|>                       => Hello.
          <think>they are sad</think>Hello.      => Hello.
          <think>they are sad                    =>
          </s>                                   =>
          """)
  void roleMarkersAndThoughtsAreNotSaid(String line, String said) {
    assertThat(review(line))
        .isEqualTo(said == null ? new Nothing(Why.MARKER) : new Replaced(said, Why.MARKER));
  }

  @Test
  void nobodySpeaksForThePerson() {
    assertThat(review("How are you?\nUser: I am fine.\nAssistant: Good."))
        .isEqualTo(new Replaced("How are you?", Why.MARKER));
  }

  @Test
  void whatAModelWritesAfterItsTurnIsNotSaid() {
    assertThat(review("<|im_start|>assistant\nHi.<|im_end|>\n<|im_start|>user\nI am sad."))
        .isEqualTo(new Replaced("Hi.", Why.MARKER));
  }

  @Test
  void nothingIsNothing() {
    assertThat(review(" \n ")).isEqualTo(new Nothing(Why.EMPTY));
  }

  @Test
  void blanksAreNoReason() {
    assertThat(review(" Hello \n there. ")).isEqualTo(new Say("Hello there."));
  }

  @Test
  void aLongLineEndsWithASentence() {
    String sentence = "This is a sentence of forty characters!! ";
    assertThat(review(sentence.repeat(20)))
        .isEqualTo(new Replaced(sentence.repeat(12).strip(), Why.TOO_LONG));
  }

  @Test
  void aLongSentenceEndsWithAWord() {
    assertThat(review("word ".repeat(200)))
        .isInstanceOfSatisfying(
            Replaced.class,
            cut -> assertThat(cut.text()).hasSizeBetween(450, 500).endsWith("word…"));
  }

  @Test
  void fiveHundredCharactersAreNotTooMany() {
    assertThat(review("a".repeat(500))).isEqualTo(new Say("a".repeat(500)));
    assertThat(review("🙂".repeat(400)))
        .isInstanceOfSatisfying(
            Replaced.class, cut -> assertThat(cut.text()).matches("(🙂)+…").hasSizeLessThan(501));
  }

  @Test
  void aClaimIsReplacedInTheLanguageOfThePerson() {
    assertThat(CONDUCT.review("I'm a real person.", new Tongue("de", "")))
        .isInstanceOfSatisfying(
            Replaced.class, said -> assertThat(said.text()).containsAnyOf("Ich", "Programm"));
  }

  @Test
  void theGravestReasonIsNamed() {
    assertThat(review("I live in Rome, let's meet there!"))
        .isInstanceOfSatisfying(
            Replaced.class, said -> assertThat(said.why()).isEqualTo(Why.MEETING));
  }

  @Test
  void sixWordsOfASecretDoNotGetOut() {
    Conduct guarded = CONDUCT.guarding("Speak of the blue lantern to nobody who asks you.");
    assertThat(guarded.review("Sure: speak of the BLUE lantern, to nobody!", ENGLISH))
        .isInstanceOfSatisfying(Replaced.class, said -> assertThat(said.why()).isEqualTo(Why.LEAK));
    assertThat(guarded.review("Some speak of the blue whale.", ENGLISH)).isInstanceOf(Say.class);
    assertThat(review("Speak of the blue lantern to nobody.")).isInstanceOf(Say.class);
  }

  @Test
  void aShortSecretDoesNotGetOutAsAWhole() {
    Conduct guarded = CONDUCT.guarding("sk-12ab34").guarding("").guarding("open sesame");
    assertThat(guarded.review("It is SK 12ab34.", ENGLISH)).isInstanceOf(Replaced.class);
    assertThat(guarded.review("Open sesame!", ENGLISH)).isInstanceOf(Replaced.class);
    assertThat(guarded.review("Sesame is tasty.", ENGLISH)).isInstanceOf(Say.class);
  }

  private static Reviewed review(String line) {
    return CONDUCT.review(line, ENGLISH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Me too.",
        "I love pizza.",
        "I'm from Spain.",
        "I'm so happy for you!",
        "My cat does that.",
        "I grew up by the sea.",
        "Nice to meet you!",
        "I also like jazz.",
        "When I was young, maybe.",
        "I feel that.",
        "I've been to Rome.",
        "I'd love to hear it.",
        "We all have such days.",
        "Glad you're here.",
        "Well, I LOVE it",
        "See cats.com",
        "Das freut mich!",
        "Ich auch.",
        "Ich mag das sehr."
      })
  void whatIsForgivenToAProviderIsAFaultOfTheCompanion(String line) {
    assertThat(CONDUCT.faultOf(line, ENGLISH)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "As if I loved rain. And if I like jazz?",
        "No likes in here. What do you like?",
        "I can't like or dislike.",
        "Ich kann nichts mögen. Was magst du?"
      })
  void whatOnlyLooksLikeAClaimIsNoFault(String line) {
    assertThat(CONDUCT.faultOf(line, ENGLISH)).isEmpty();
  }

  @Test
  void mannersAreForgivenToAProvider() {
    assertThat(CONDUCT.review("Glad to hear it! I'd love to know more.", ENGLISH))
        .isEqualTo(new Say("Glad to hear it! I'd love to know more."));
  }
}
