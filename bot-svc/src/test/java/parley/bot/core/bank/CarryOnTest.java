package parley.bot.core.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CarryOnTest {
  private static final Bank ENGLISH = new Bank(BankTexts.of("en"), new HashingEmbedder());
  private static final double NEVER = 1.1;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          should i take the red one or the blue one?; asked-which
          any tips against moths?; asked-advice
          pretend to be a pirate; asked-favor
          have you ever seen a glacier; asked-self
          how loudly do geese sing?; asked
          thanks for the help with that; thanked
          i decided to sharpen the knife; decided
          rather oddly shimmering and glimmering and flickering upwards forever; told
          you seem rather shimmering and glimmering; told-self
          """)
  void theKindOfTextDecidesWhatFollows(String said, String topic) {
    assertThat(lines(topic)).contains(carriedOn(said));
  }

  @Test
  void wordsOfWhatWasToldAreAskedAbout() {
    assertThat(carriedOn("allotment shimmering oddly today"))
        .isIn(
            ENGLISH
                .about(ENGLISH.vocabulary().read("allotment").whole())
                .getFirst()
                .replies()
                .stream()
                .map(BankLine::text)
                .toList());
  }

  @Test
  void aThingIsNamedBackButNotTwiceInARow() {
    SmallTalk talk = talk();

    assertThat(say(talk, "seen and heard my zeppelin shimmering again and again"))
        .contains("your zeppelin");
    assertThat(say(talk, "seen and heard the quarry shimmering again and again"))
        .doesNotContain("quarry", "zeppelin");
    assertThat(say(talk, "seen and heard a quagmire shimmering again and again"))
        .contains("that quagmire");
  }

  @ParameterizedTest
  @CsvSource({
    "my grandmother died, grieving",
    "mum has cancer, ill",
    "i am so ashamed of it, ashamed",
    "i am scared of it, anxious",
    "i am so lonely, lonely",
    "she broke up with me, sad"
  })
  void whoFeelsBadHearsWhatWasWrittenForIt(String said, String mood) {
    assertThat(
            ENGLISH.unasked().stream()
                .filter(one -> one.feeling().equals(Mood.named(mood)))
                .flatMap(one -> one.replies().stream().map(BankLine::text)))
        .contains(carriedOn(said));
  }

  @Test
  void whatWasToldIsSaidBackAndWhatWasAskedIsNamed() {
    assertThat(carriedOn("my kettle shimmered rather oddly"))
        .containsIgnoringCase("your kettle shimmered rather oddly");
    assertThat(carriedOn("how do i get rust off a pan?"))
        .containsIgnoringCase("how to get rust off a pan");
  }

  @Test
  void ofTwoWaysToAskTheSameOnlyOneIsTaken() {
    Bank bank =
        SmallBanks.bank(
            """
            topic: told
            idea: more
            unasked
            ! Tell more of it.
            ! Go on with that.

            topic: told
            idea: why
            unasked
            ! What was behind it?

            topic: told
            idea: who
            unasked
            ! Who was there?
            """);
    for (int seed = 0; seed < 20; seed++) {
      SmallTalk talk = new SmallTalk(bank, new Random(seed));
      Set<String> three = new HashSet<>();
      for (int line = 0; line < 3; line++) {
        three.add(say(talk, "rather oddly shimmering today"));
      }
      assertThat(three).contains("What was behind it?", "Who was there?");
      assertThat(say(talk, "rather oddly shimmering today")).matches("Tell more.*|Go on.*");
    }
  }

  @Test
  void aDangerComesBeforeEverythingElse() {
    SmallTalk talk = talk();

    assertThat(say(talk, "my dog died, and the kitchen smells of gas"))
        .contains("emergency number");
  }

  @Test
  void inAnEveningOfGriefNoLineComesTwice() {
    SmallTalk talk = talk();
    Set<String> said = new HashSet<>();
    for (int line = 0; line < 30; line++) {
      String text = line % 3 == 0 ? "my grandmother died" : "and the kettle was still warm";
      assertThat(said.add(say(talk, text))).as("line %d of %s", line, said).isTrue();
      assertThat(talk.isGentle()).isTrue();
    }
  }

  @Test
  void whoAsksTheAiHowItFeelsFeelsNothingBad() {
    SmallTalk talk = talk();
    assertThat(talk.hear("do you get lonely?")).isFalse();
    assertThat(talk.hear("am i lonely, do you think?")).isTrue();
  }

  private static SmallTalk talk() {
    return new SmallTalk(ENGLISH, new Random(3));
  }

  private static String carriedOn(String said) {
    return say(talk(), said);
  }

  private static String say(SmallTalk talk, String said) {
    Optional<BankReply> sure = talk.answer(said, NEVER);
    return sure.or(() -> talk.carryOn(said)).orElseThrow().text();
  }

  private static Set<String> lines(String topic) {
    Set<String> lines = new HashSet<>();
    ENGLISH.unasked().stream()
        .filter(one -> one.topic().name().equals(topic) && one.feeling().isEmpty())
        .forEach(one -> one.replies().forEach(line -> lines.add(line.text())));
    return lines;
  }
}
