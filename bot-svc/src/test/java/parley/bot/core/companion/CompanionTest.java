package parley.bot.core.companion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import parley.bot.core.Fault;
import parley.bot.core.Improvised;
import parley.bot.core.Line;
import parley.bot.core.Notes;
import parley.bot.core.Prompt;
import parley.bot.core.bank.BankTexts;
import parley.bot.core.bank.SmallBanks;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.Tongue;
import parley.bot.core.game.GameShelf;
import parley.bot.core.port.Improviser;
import parley.bot.core.port.Talker;
import parley.bot.core.port.Talkers;
import parley.domain.TalkerKind;

class CompanionTest {
  private static final String BANK =
      """
      topic: music
      ? i like music
      ? music is nice
      ! Which song comes first?
      > beatles => From which record?
      ! Which song comes last?
      > beatles => Of which year?

      topic: any
      unasked
      ! What would you like to talk about?
      ! What was good today?
      """;

  private final Map<String, Repertoire> ready = new HashMap<>();
  private final PromptedModel model = new PromptedModel();
  private final Notes notes = new Notes();
  private final Companions companions = with(model, new Others());
  private final List<Line> memory = new ArrayList<>();

  @Test
  void whatTheBankKnowsItAnswers() {
    knows(BANK);

    assertThat(said(companions.begin(), "i like music", "en")).startsWith("Which song comes");
  }

  @Test
  void whatItDoesNotKnowIsCarriedOnAndThenLeftToOthers() {
    knows(BANK);
    Talker one = companions.begin();

    assertThat(List.of(said(one, "zxcv qwer", "en"), said(one, "zxcv asdf", "en")))
        .containsExactlyInAnyOrder("What would you like to talk about?", "What was good today?");
    assertThat(said(one, "zxcv jklö", "en")).isEqualTo(Others.LINE);
  }

  @Test
  void aLanguageWithoutABankAndOneNotYetLearntAreLeftToOthers() {
    Talker early = companions.begin();
    assertThat(said(early, "i like music", "en")).isEqualTo(Others.LINE);
    knows(BANK);

    assertThat(said(companions.begin(), "i like music", "fr")).isEqualTo(Others.LINE);
    assertThat(said(early, "i like music", "en")).startsWith("Which song comes");
  }

  @Test
  void afterALineOfTheConductNothingAnswersTheQuestionBeforeIt() {
    knows(BANK);
    Talker one = companions.begin();
    String asked = said(one, "i like music", "en");
    memory.add(new Line(Line.Who.PEER, "I am an AI, a computer program."));

    assertThat(asked).startsWith("Which song comes");
    assertThat(said(one, "beatles", "en")).isNotIn("From which record?", "Of which year?");
  }

  @Test
  void whoIsBoredIsOfferedAGameAndPlaysIt() {
    knows(BANK);
    Talker one = companions.begin();

    String offer = said(one, "i am so bored", "en");
    String opening = said(one, "yes", "en");

    assertThat(offer).isNotEqualTo(Others.LINE).doesNotStartWith("Which song").contains("?");
    assertThat(opening).isNotEqualTo(Others.LINE).isNotEqualTo(offer);
  }

  @Test
  void afterAnEmergencyNothingBrightensUp() {
    knows(BANK);
    Prompt gentle =
        new Prompt(List.of(), "i like music", tongue("en"), 2, List.of(), Prompt.Tone.GENTLE);

    assertThat(said(companions.begin(), gentle)).isEqualTo(Others.LINE);
  }

  @Test
  void whatTheBankDoesNotKnowIsMadeUpAndNotSaidAgain() {
    knows(BANK);
    model.makes("How long have you had the blue canoe?");
    Talker one = companions.begin();

    assertThat(said(one, "we painted the canoe blue", "en"))
        .isEqualTo("How long have you had the blue canoe?");
    assertThat(notes.all).containsExactly("improvised SAID");
    assertThat(model.scenes.getFirst().said()).isEqualTo("we painted the canoe blue");
    assertThat(said(one, "the canoe is blue and mine", "en"))
        .isIn("What would you like to talk about?", "What was good today?");
  }

  @Test
  void aLineThatDoesNotPassIsTriedOnceMoreAndThenTheTalkIsCarriedOn() {
    knows(BANK);
    model.makes("I live in a blue canoe. You?", "I love my canoe, and you?");

    assertThat(said(companions.begin(), "we painted the canoe blue", "en"))
        .isIn("What would you like to talk about?", "What was good today?");
    assertThat(notes.all)
        .containsExactly("improvised CLAIM", "improvised CLAIM", "improvised NONE_FITS");
  }

  @Test
  void whatTheBankKnowsAndWhatMayDoHarmIsNeverMadeUp() {
    knows(BANK);
    Talker one = companions.begin();

    var _ = said(one, "i like music", "en");
    var _ = said(one, "how many pills are too many", "en");
    var _ = said(one, "do you live in a canoe", "en");

    assertThat(model.scenes).isEmpty();
  }

  @Test
  void aReactionThatAsksNothingIsFollowedByAQuestionOfTheBanks() {
    knows(BANK);
    model.makes("What a beautiful canoe!");

    assertThat(said(companions.begin(), "we painted the canoe blue", "en"))
        .isIn(
            "What a beautiful canoe! What would you like to talk about?",
            "What a beautiful canoe! What was good today?");
  }

  @Test
  void whoSaysGoodbyeIsToldGoodbyeWhateverElseTheySay() {
    knows(
        BANK
            + "\n"
            + "topic: bye\n"
            + "? bye\n"
            + "? farewell\n"
            + "! So long, and thanks!\n"
            + "! So long, and well done!\n");

    assertThat(said(companions.begin(), "the canoe waits for me, bye", "en")).startsWith("So long");
  }

  @Test
  void anAnswerThatIsStoppedReachesTheModelAndNothingIsToldAfterIt() {
    knows(BANK);
    model.waits();
    List<String> lines = new ArrayList<>();
    Talker.Utterance going =
        companions.begin().answer(prompt("we painted the canoe blue", "en"), new Hearing(lines));

    var _ = going.cancel();

    assertThat(model.cancelled).isEqualTo(1);
    assertThat(model.audiences.getFirst().hears("Where does the canoe go?"))
        .isEqualTo(Improviser.Wish.NO_OTHER);
    model.audiences.getFirst().over(Improvised.LATE);
    assertThat(lines).isEmpty();
  }

  @Test
  void theModelIsShownTheLastTurnAndExamplesFromTheBank() {
    knows(BANK);
    Talker one = companions.begin();
    memory.add(new Line(Line.Who.PERSON, "we have a canoe"));
    memory.add(new Line(Line.Who.PEER, "Where is it?"));

    var _ = said(one, "we painted the canoe blue", "en");

    assertThat(model.scenes.getFirst().before())
        .containsExactly(new Improviser.Turn("we have a canoe", "Where is it?"));
    assertThat(model.scenes.getFirst().examples())
        .extracting(Improviser.Turn::said)
        .containsExactly("i like music");
  }

  @Test
  void whereNobodyMakesLinesUpNoneIsCounted() {
    knows(BANK);

    assertThat(said(with(Improviser.NOBODY, new Others()).begin(), "we painted the canoe", "en"))
        .isIn("What would you like to talk about?", "What was good today?");
    assertThat(notes.all).isEmpty();
  }

  @Test
  void anAnswerThatBreaksWhileALineIsMadeUpHasFailed() {
    knows(BANK.substring(0, BANK.indexOf("topic: any")));
    model.waits();
    List<Fault> faults = new ArrayList<>();
    Talker one = with(model, new Broken()).begin();

    var _ = one.answer(prompt("we painted the canoe blue", "en"), failing(faults));
    assertThatThrownBy(() -> model.audiences.getFirst().over(Improvised.LATE)).hasMessage("broken");
    assertThat(faults).containsExactly(Fault.UNKNOWN);

    var _ = one.answer(prompt("we painted the canoe blue", "en"), failing(faults));
    assertThatThrownBy(() -> model.audiences.getLast().hears("How blue is the canoe?"))
        .hasMessage("deaf");
    assertThat(model.audiences.getLast().hears("How blue is the canoe now?"))
        .isEqualTo(Improviser.Wish.NO_OTHER);
    assertThat(faults).containsExactly(Fault.UNKNOWN, Fault.UNKNOWN);
  }

  private Companions with(Improviser improviser, Talkers others) {
    return new Companions(
        language -> Optional.ofNullable(ready.get(language)),
        new Invention(
            improviser,
            new Sieve(Conduct.load(), Rudeness.load()),
            notes,
            Invention.Share.THE_REST),
        others,
        new Random(1));
  }

  private void knows(String bank) {
    GameShelf games = new GameShelf("en", BankTexts.of("en").vocabulary());
    ready.put("en", new Repertoire(SmallBanks.bank(bank), games));
  }

  private String said(Talker talker, String text, String language) {
    return said(talker, prompt(text, language));
  }

  private Prompt prompt(String text, String language) {
    return new Prompt(memory, text, tongue(language), 1, List.of(), Prompt.Tone.USUAL);
  }

  private String said(Talker talker, Prompt prompt) {
    List<String> lines = new ArrayList<>();
    var _ = talker.answer(prompt, new Hearing(lines));
    memory.add(new Line(Line.Who.PEER, lines.getFirst()));
    return lines.getFirst();
  }

  private static Talker.Listener failing(List<Fault> faults) {
    return new Talker.Listener() {
      @Override
      public void sentence(String text) {
        throw new IllegalStateException("deaf");
      }

      @Override
      public void done(int tokens) {}

      @Override
      public void failed(Fault fault, int tokens) {
        faults.add(fault);
      }
    };
  }

  private static Tongue tongue(String language) {
    return Tongue.of(List.of(language));
  }

  private static final class Broken extends Others {
    @Override
    public Talker begin() {
      return (_, _) -> {
        throw new IllegalStateException("broken");
      };
    }
  }

  private static class Others implements Talkers {
    static final String LINE = "said by others";

    @Override
    public Talker begin() {
      return (_, listener) -> {
        listener.sentence(LINE);
        listener.done(0);
        return () -> 0;
      };
    }

    @Override
    public TalkerKind kind() {
      return TalkerKind.BUILT_IN;
    }

    @Override
    public String provider() {
      return "";
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public List<String> secrets() {
      return List.of();
    }
  }
}
