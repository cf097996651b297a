package parley.bot.core.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdeasTest {
  private static final BankTexts TEXTS = BankTexts.of("en");
  private static final Bank ENGLISH = new Bank(TEXTS, new HashingEmbedder());
  private static final double SURE = 0.68;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          How was that for you?; feel
          How did you take that?; feel
          From in here, simply: no. And on your side?; ask-back
          As a program I have nothing to tell there. What about you?; ask-back
          Is there more?; say-more
          {mirror}. And then?; next
          """)
  void whatALineAsksIsToldByItsPhrases(String line, String idea) {
    assertThat(TEXTS.ideas().of(line)).contains(idea);
  }

  @Test
  void anExchangeIsPassedOverWhenItsIdeaWasUsed() {
    Bank bank =
        SmallBanks.withIdeas(
            """
            ? a kettle sang
            ? the kettle sang
            ! How was that for you?
            ! And how was it for you there?

            unasked
            ! Kettles do.
            ! They always did.
            """,
            """
            [feel]
            how was (that|it) for you
            """);
    SmallTalk talk = new SmallTalk(bank, new Random(1));

    assertThat(talk.answer("a kettle sang", SURE)).isPresent();
    assertThat(talk.answer("the kettle sang", SURE)).isEmpty();
    assertThat(talk.carryOn("the kettle sang").orElseThrow().text()).contains("e");
  }

  @Test
  void whatOthersSaidForTheSameSideUsesItsIdeaToo() {
    Bank bank =
        SmallBanks.withIdeas(
            """
            ? a kettle sang
            ? the kettle sang
            ! How was that for you?
            ! And how was that for you there?
            """,
            """
            [feel]
            how was that for you
            """);
    SmallTalk talk = new SmallTalk(bank, new Random(1));
    talk.said("How was that for you?");

    assertThat(talk.answer("a kettle sang", SURE)).isEmpty();
  }

  @Test
  void inATalkOfManyKindsNoIdeaComesTwice() {
    List<String> said =
        List.of(
            "do you like the winter?",
            "i was late for work",
            "what do you do when nobody is there?",
            "my boss never thanks anyone",
            "have you ever missed a place?",
            "how do i get rust off a pan?",
            "the shop sold my old bike",
            "do you eat at all?",
            "i think my sister is going to move",
            "i painted the shed",
            "we live above a bakery",
            "he left the gate open",
            "my aunt never writes letters",
            "i lost the bet",
            "she told me in front of everyone",
            "the roof leaks over there",
            "i am going to sell the boat",
            "we stayed on the platform",
            "yes");
    for (int seed = 0; seed < 40; seed++) {
      SmallTalk talk = new SmallTalk(ENGLISH, new Random(seed));
      Set<String> used = new HashSet<>();
      List<String> answers = new ArrayList<>();
      for (String line : said) {
        Optional<BankReply> sure = talk.answer(line, SURE);
        String answer = sure.or(() -> talk.carryOn(line)).orElseThrow().text();
        answers.add(answer);
        for (String idea : TEXTS.ideas().of(answer)) {
          assertThat(used.add(idea) || Ideas.isSoft(idea)).as("%s in %s", idea, answers).isTrue();
        }
      }
    }
  }
}
