package parley.bot.core.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallTalkTest {
  private static final double ENOUGH = 0.6;
  private static final String PETS =
      """
      topic: pets
      ? i have a cat
      ? my cat is called {pet}
      ! What is the cat called?
      > {it} => {it} is a proper name.
      ! What does {pet} get away with?

      ? goodbye
      ? see you later
      ! Take care of {pet}.
      ! Take care.

      ? i love {it}
      ? {it} is the best
      ! How did you get into {it}?
      ! {it}, since when?

      mood: sad
      ? i am sad
      ? so sad
      ! What happened?
      > my {it} died => Your {it}. What was it like?
      > lost | lost it => Lost how?
      > @yes => Tell it.
      ! Since when?

      topic: pets
      unasked
      ! Which animal next?
      ! Fur or feathers?

      topic: asked
      unasked
      ! Ask a human!
      ! Who knows?

      topic: told
      mood: sad
      unasked
      ! Oh?
      ! Dear me.

      topic: told
      unasked
      ! Go on?
      ! And?

      topic: jokes
      ? tell me a joke
      ? make me laugh
      again
      ! One.
      ! Two.
      ! Three.
      ! Four.
      ! Five.

      topic: told
      ? he ate my shoe
      ? she sleeps on my bed
      ! A character!
      ! And the look afterwards?

      topic: handed-back
      unasked
      ! Me? Only text.
      ! Nothing new here.

      topic: sum
      unasked
      ! {sum}, surely.
      ! It is {sum}.

      topic: any
      unasked
      ! What else?
      ! What now?
      """;

  private final Bank bank = SmallBanks.bank(PETS);
  private final SmallTalk talk = new SmallTalk(bank, new Random(1));

  @Test
  void theBanksOwnWordsAreCertain() {
    BankReply reply = talk.answer("I am SAD!!", ENOUGH).orElseThrow();
    assertThat(reply.score()).isEqualTo(1);
    assertThat(reply.origin()).isEqualTo(BankReply.Origin.EXCHANGE);
    assertThat(reply.feeling()).contains(Mood.SAD);
    assertThat(talk.mood()).contains(Mood.SAD);
  }

  @Test
  void likeWordsAreLessCertainAndOthersAreNoAnswer() {
    assertThat(talk.answer("i have a small cat", 0.5))
        .hasValueSatisfying(reply -> assertThat(reply.score()).isBetween(0.5, 0.93));
    SmallTalk other = new SmallTalk(bank, new Random(1));
    assertThat(other.answer("quantum chromodynamics", ENOUGH)).isEmpty();
    assertThat(other.answer("", ENOUGH)).isEmpty();
    assertThat(other.answer(" \n", 0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          i love the old sea; the old sea
          well I LOVE Radiohead lol; Radiohead
          i love my dog; your dog
          i love pizza because it is hot; pizza
          i love sci-fi films, do you?; sci-fi films
          jazz is the best; Jazz
          """)
  void aSlotHoldsThePersonsWords(String said, String held) {
    assertThat(text(said)).containsIgnoringCase(held).doesNotContain("{", "because", "lol");
  }

  @ParameterizedTest
  @CsvSource({
    "i love you",
    "i love hitler",
    "i love the great old hitler",
    "i love one two three four five",
    "i love 5550123"
  })
  void whatMustNotBeRepeatedFillsNoSlot(String said) {
    assertThat(talk.answer(said, 0.9)).isEmpty();
    assertThat(talk.answer(said, 0.2).map(BankReply::text).orElse(""))
        .doesNotContain("itler", "555");
  }

  @Test
  void aLineIsNotSaidAgainWithOtherWordsInIt() {
    assertThat(text("i love chess")).contains("hess");
    assertThat(text("i love golf")).contains("olf");
    assertThat(talk.answer("i love opera", 0.9)).isEmpty();
  }

  @Test
  void aReplyThatUsesWhatWasSaidComesFirst() {
    Random chance = new Random(1);
    for (int session = 0; session < 20; session++) {
      SmallTalk other = new SmallTalk(bank, chance);
      assertThat(other.answer("my cat is called Minka", ENOUGH).orElseThrow().text())
          .isEqualTo("What does Minka get away with?");
    }
  }

  @Test
  void aSlotOpensASentenceWithACapital() {
    assertThat(
            BankLine.alone(new Place("x", 1), "{it}! Ah. {it} {it}").filled(Map.of("it", "élan")))
        .isEqualTo("Élan! Ah. Élan élan");
  }

  @Test
  void whatWasToldIsRememberedWhatWasSaidIsNot() {
    assertThat(text("my cat is called Minka")).isEqualTo("What does Minka get away with?");
    assertThat(List.of(text("goodbye"), text("see you later")))
        .containsExactlyInAnyOrder("Take care of Minka.", "Take care.");
    SmallTalk other = new SmallTalk(bank, new Random(1));
    assertThat(other.answer("goodbye", ENOUGH).orElseThrow().text()).isEqualTo("Take care.");
    assertThat(other.answer("goodbye", ENOUGH)).isEmpty();
  }

  @Test
  void anAnswerToTheLastQuestionIsTakenUp() {
    assertThat(text("i have a cat")).isEqualTo("What is the cat called?");
    BankReply reply = talk.answer("minka", ENOUGH).orElseThrow();
    assertThat(reply.text()).isEqualTo("Minka is a proper name.");
    assertThat(reply.origin()).isEqualTo(BankReply.Origin.FOLLOW_UP);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          my dog died; Your dog. What was it like?
          i lost my keys; Lost how?
          well yes a bit; Tell it.
          """)
  void aCueIsFoundInTheAnswer(String answer, String followUp) {
    askWhatHappened();
    assertThat(text(answer)).isEqualTo(followUp);
  }

  @ParameterizedTest
  @CsvSource({"i never lost it", "not that yes", "what was that about"})
  void aCueThatIsDeniedOrComesTooLateIsNone(String answer) {
    askWhatHappened();
    assertThat(talk.answer(answer, 0.9)).isEmpty();
  }

  @Test
  void aQuestionOrAKnownPhraseIsNotTakenForAnAnswer() {
    text("i have a cat");
    assertThat(talk.answer("my minka", ENOUGH)).isEmpty();
    assertThat(talk.answer("why minka", ENOUGH)).isEmpty();
    assertThat(talk.answer("minka or what did you guess?", ENOUGH)).isEmpty();
    assertThat(text("goodbye")).isEqualTo("Take care.");
  }

  @Test
  void aGuessIsAnAnswerThoughItAsks() {
    text("i have a cat");
    assertThat(text("minka?")).isEqualTo("Minka is a proper name.");
  }

  @Test
  void aLineOfAnotherEndsTheQuestionAndIsNotSaidAgain() {
    text("i have a cat");
    talk.said("Take care!");
    assertThat(talk.answer("minka", ENOUGH)).isEmpty();
    assertThat(talk.answer("goodbye", ENOUGH)).isEmpty();
  }

  @Test
  void theTalkIsCarriedOnByItsTopicAndEndsWithItsLines() {
    text("i have a cat");
    assertThat(List.of(carriedOn(), carriedOn()))
        .containsExactlyInAnyOrder("Which animal next?", "Fur or feathers?");
    assertThat(List.of(carriedOn(), carriedOn()))
        .containsExactlyInAnyOrder("What else?", "What now?");
    assertThat(List.of(carriedOn(), carriedOn())).containsExactlyInAnyOrder("Go on?", "And?");
    assertThat(talk.carryOn("hm")).isEmpty();
  }

  @Test
  void whatWasNotUnderstoodIsAskedAbout() {
    assertThat(talk.carryOn("quarks are made of what?").orElseThrow().text())
        .isIn("Ask a human!", "Who knows?");
    assertThat(talk.carryOn("quarks seem colourful enough").orElseThrow().text())
        .isIn("Go on?", "And?");
    assertThat(talk.carryOn("quarks seem quite charming").orElseThrow().text())
        .isIn("Go on?", "And?");
    assertThat(talk.carryOn("quarks").orElseThrow().text()).startsWith("What");
  }

  @Test
  void whoWantsOneMoreGetsOneMoreOfTheSame() {
    Set<String> jokes = new HashSet<>();
    jokes.add(text("tell me a joke"));
    for (String wish : List.of("another one", "more", "one more", "again")) {
      jokes.add(text(wish));
    }
    assertThat(jokes).containsExactlyInAnyOrder("One.", "Two.", "Three.", "Four.", "Five.");
    assertThat(talk.answer("more", ENOUGH)).isEmpty();
  }

  @Test
  void moreOfAnotherSubjectIsNoWish() {
    text("tell me a joke");
    text("i have a cat");
    assertThat(talk.answer("more", 0.9)).isEmpty();
  }

  @Test
  void aWishIsNoAnswerToTheQuestionBeforeIt() {
    assertThat(text("i have a cat")).isEqualTo("What is the cat called?");
    assertThat(talk.answer("tell me one", 0.3).map(BankReply::text).orElse(""))
        .doesNotContain("proper name");
  }

  @Test
  void aQuestionThatIsHandedBackIsAnsweredAndWhatStoodBeforeItToo() {
    assertThat(text("i have a cat, and you?"))
        .isIn(
            "Me? Only text. What is the cat called?", "Nothing new here. What is the cat called?");
    assertThat(text("minka")).isEqualTo("Minka is a proper name.");
  }

  @Test
  void whoLeavesHearsAGoodbyeWhateverElseTheySay() {
    assertThat(text("i have a cat, goodbye")).isEqualTo("Take care.");
    SmallTalk other = new SmallTalk(bank, new Random(1));
    assertThat(other.answer("goodbye my friend, i have a cat", ENOUGH).orElseThrow().text())
        .isEqualTo("Take care.");
  }

  @Test
  void twoNumbersAreAddedUp() {
    assertThat(talk.answer("what is 6 times 7?", ENOUGH))
        .hasValueSatisfying(
            reply -> {
              assertThat(reply.text()).isIn("42, surely.", "It is 42.");
              assertThat(reply.score()).isEqualTo(1);
            });
  }

  @Test
  void aKindOfTellingIsTakenUpWithLessCertainty() {
    assertThat(talk.answer("yesterday she ate my other shoe", 0.9)).isEmpty();
    assertThat(talk.carryOn("yesterday she ate my other shoe").orElseThrow().text())
        .isIn("A character!", "And the look afterwards?");
  }

  @Test
  void aMoodPasses() {
    talk.answer("i am sad", ENOUGH);
    for (int line = 0; line < 4; line++) {
      talk.answer("quantum chromodynamics is it", ENOUGH);
      assertThat(talk.mood()).contains(Mood.SAD);
    }
    talk.answer("quantum chromodynamics is it", ENOUGH);
    assertThat(talk.mood()).isEmpty();
  }

  @Test
  void aThoughtWithinALongTextIsFound() {
    assertThat(
            text(
                "yesterday it all went on as ever and nobody came, i love opera, and that was all"))
        .containsIgnoringCase("opera");
  }

  @Test
  void theNearestExchangesAreExamplesBestFirst() {
    assertThat(talk.nearest("my cat, i have a cat", 2))
        .hasSize(2)
        .first()
        .isEqualTo(new Exchange.Example("i have a cat", "What is the cat called?"));
    assertThat(talk.nearest("so very sad", 1))
        .containsExactly(new Exchange.Example("i am sad", "What happened?"));
    assertThat(talk.nearest("so very sad", 100)).hasSize(5);
    assertThat(talk.nearest(" …", 2)).isEmpty();
  }

  @Test
  void noExampleHoldsASlotOrWhatWasSaidAlready() {
    talk.said("What happened?");

    assertThat(talk.nearest("i am sad", 100))
        .contains(new Exchange.Example("i am sad", "Since when?"))
        .noneMatch(example -> example.replied().equals("What happened?"))
        .noneMatch(example -> (example.said() + example.replied()).contains("{"));
    text("i am sad");
    assertThat(talk.nearest("i am sad", 100)).noneMatch(one -> one.said().equals("i am sad"));
  }

  @Test
  void inAHundredTurnsNoLineIsSaidTwice() {
    Bank english = new Bank(BankTexts.of("en"), new HashingEmbedder());
    List<Phrasing> phrasings =
        english.near(english.vocabulary().read("hi")).stream()
            .flatMap(near -> near.exchange().phrasings().stream().limit(1))
            .toList();
    for (int seed = 0; seed < 2; seed++) {
      Random chance = new Random(seed);
      SmallTalk session = new SmallTalk(english, chance);
      Set<String> said = new HashSet<>();
      for (int turn = 0; turn < 100; turn++) {
        // A few phrasings again and again, as somebody who tests it would.
        String text = phrasings.get(chance.nextInt(30)).text().replaceAll("\\{\\w+}", "tea");
        Optional<BankReply> reply = session.answer(text, 0.5).or(() -> session.carryOn(text));
        assertThat(reply).as("a line for turn %d, '%s'", turn, text).isPresent();
        assertThat(said.add(reply.orElseThrow().text())).as(reply.orElseThrow().text()).isTrue();
      }
    }
  }

  private void askWhatHappened() {
    while (!text("i am sad").equals("What happened?")) {
      assertThat(talk.mood()).contains(Mood.SAD);
    }
  }

  private String text(String said) {
    return talk.answer(said, 0.3).orElseThrow().text();
  }

  private String carriedOn() {
    return talk.carryOn("hm").orElseThrow().text();
  }
}
