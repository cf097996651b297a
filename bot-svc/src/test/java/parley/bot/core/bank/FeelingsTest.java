package parley.bot.core.bank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeelingsTest {
  private static final BankTexts ENGLISH = BankTexts.of("en");
  private static final BankTexts GERMAN = BankTexts.of("de");
  private static final String BANK =
      """
      topic: parties
      ? we had a party
      ? there was a party
      ! Who danced the longest?
      ! Which song was the last?

      topic: pets
      ? my old dog is not well
      ? our dog is very weak
      mood: ill
      ! How is the dog today?
      ! Who looks after the dog?

      topic: told
      mood: grieving
      unasked
      ! What comes to mind first?
      ! What should not be forgotten?

      topic: gentle
      unasked
      ! Take your time.
      ! Say as much as you like.

      topic: any
      unasked
      ! What shall we dance to?
      ! Which joke do you know?
      """;

  private final Bank bank = SmallBanks.feeling(BANK, "[grieving]\nmy .. died\n[happy]\nhaha*\n");
  private final Feelings feelings = new Feelings(bank);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          My grandmother died last night.; grieving
          he passed away in spring; grieving
          we had to put our cat down; grieving
          mum has cancer; ill
          my dad is in hospital; ill
          everyone laughed at me; ashamed
          i feel so stupid; ashamed
          i'm terrified of tomorrow; anxious
          really worried about the results; anxious
          i don't have any friends here; lonely
          nobody remembered my birthday; lonely
          She broke up with me; sad
          got laid off today; sad
          i've been crying all day; sad
          my boss yelled at me; angry
          i'm exhausted; tired
          i passed!!; happy
          """)
  void wordsTellTheMood(String said, String mood) {
    assertThat(ENGLISH.feelings().firstIn(said)).contains(mood);
  }

  @ParameterizedTest
  @CsvSource({
    "my phone died",
    "i died like 80 times no joke",
    "i'm sick of this song",
    "no worries",
    "leave me alone",
    "such a sad song",
    "i missed my bus",
    "i'm not happy with it",
    "the soup was good"
  })
  void whatOnlyLooksLikeItTellsNoHeavyMood(String said) {
    assertThat(ENGLISH.feelings().firstIn(said).flatMap(Mood::named).filter(Mood::isHeavy))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "meine Oma ist gestern gestorben, grieving",
    "ich habe solche Angst, anxious",
    "ich bin so einsam, lonely",
    "meine Freundin hat Schluss gemacht, sad",
    "ich habe bestanden, happy"
  })
  void germanWordsTellItToo(String said, String mood) {
    assertThat(GERMAN.feelings().firstIn(said)).contains(mood);
  }

  @Test
  void whereWordsDoNotTellTheNearestExchangeDoes() {
    hear("our dog is very weak");

    assertThat(feelings.mood()).contains(Mood.ILL);
  }

  @Test
  void laughterDoesNotEndGriefAtOnce() {
    hear("my cat died");
    hear("haha");
    assertThat(feelings.mood()).contains(Mood.GRIEVING);
    for (int line = 0; line < 4; line++) {
      hear("table and chairs");
    }
    assertThat(feelings.mood()).isEmpty();
    hear("haha");
    assertThat(feelings.mood()).contains(Mood.HAPPY);
  }

  @Test
  void nothingCheerfulAnswersWhoGrieves() {
    hear("my cat died");
    Near party = near("we had a party");

    assertThat(feelings.allow(party, false)).isFalse();
    assertThat(feelings.allow(party, true)).as("what is asked for in so many words").isTrue();
    assertThat(feelings.allow(near("our dog is very weak"), false)).isTrue();
  }

  @Test
  void whoChangesTheSubjectIsFollowedAfterAWhile() {
    hear("my cat died");
    hear("we sat in the kitchen");
    assertThat(feelings.allow(near("we had a party"), false)).isFalse();
    hear("we sat in the garden");
    assertThat(feelings.allow(near("we had a party"), false)).isTrue();
  }

  @Test
  void whoeverIsInNoTroubleIsNotConsoled() {
    hear("table and chairs");
    Near dog = near("our dog is very weak");

    assertThat(feelings.allow(new Near(dog.exchange(), 0.65, dog.slots()), false)).isFalse();
    assertThat(feelings.allow(dog, false)).isTrue();
  }

  private void hear(String said) {
    Spoken spoken = bank.vocabulary().read(said);
    feelings.hear(spoken, bank.near(spoken));
  }

  private Near near(String said) {
    return bank.near(bank.vocabulary().read(said)).getFirst();
  }
}
