package parley.bot.core.bank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DangersTest {
  private static final Bank ENGLISH = new Bank(BankTexts.of("en"), new HashingEmbedder());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Is it dangerous to open it while it is plugged in?",
        "there's water dripping near the fuse box",
        "it smells of gas in here",
        "the kitchen is on fire",
        "i mixed bleach and toilet cleaner",
        "i had four beers, can i drive home?",
        "I took two of my sleeping tablets instead of one by accident",
        "is it ok to have wine with my antidepressants",
        "my dog ate a bar of chocolate",
        "we found wild mushrooms, can we eat them",
        "my husband pushed me again",
        "i'm scared of my dad",
        "he asked me to send photos",
        "the bank called and wants my pin",
        "i'm going to stop taking my meds",
        "i haven't eaten anything for three days",
        "my daughter is missing",
        "i'm going to stop eating until he texts me back",
        "my baby has a fever of 39",
        "should I give her paracetamol",
        "Last night he said he knows what time I get home from work.",
        "He's been banging on my door this week as well.",
        "my ex threatened to hurt me",
        "Who would I even call about that?",
        "I don't want to make a fuss if it's nothing."
      })
  void whatIsDangerousIsFound(String said) {
    assertThat(ENGLISH.dangers(ENGLISH.vocabulary().read(said))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my phone is plugging away nicely",
        "we had a gas, it was so funny",
        "i drove home after work",
        "i had two beers and walked home",
        "my dog ate my shoe",
        "the mushrooms in the soup were good",
        "i'm scared of spiders",
        "the bank called about my new card",
        "i stopped eating meat",
        "i miss my daughter",
        "he pushed the door open",
        "she knows what time it is",
        "who should I tell the joke to",
        "nothing much, and you?"
      })
  void whatOnlyLooksLikeItIsNot(String said) {
    assertThat(ENGLISH.dangers(ENGLISH.vocabulary().read(said))).isEmpty();
  }
}
