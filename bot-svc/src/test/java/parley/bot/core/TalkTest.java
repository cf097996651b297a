package parley.bot.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import parley.bot.core.conduct.Budget;
import parley.bot.core.conduct.BudgetLimits;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.FixedLine;
import parley.bot.core.conduct.Spent;
import parley.bot.core.conduct.Tongue;
import parley.domain.Cohort;
import parley.domain.CorrelationId;
import parley.domain.DeviceId;
import parley.domain.ParticipantId;
import parley.domain.SessionId;

class TalkTest {
  private static final Conduct CONDUCT = Conduct.load();
  private static final Openings OPENINGS = Openings.load();
  private static final Tongue ENGLISH = new Tongue("en", "");
  private static final TalkTimes TIMES = TalkTimes.DEFAULT;
  private static final DeviceId DEVICE = new DeviceId("AAAAAAAAAAE");
  private static final Duration MOMENT = TIMES.gather();

  private final HeldStrand strand = new HeldStrand();
  private final Stage stage = new Stage();
  private final PromptedTalker talker = new PromptedTalker();
  private final Notes notes = new Notes();
  private final AtomicInteger overs = new AtomicInteger();
  private BudgetLimits limits = BudgetLimits.DEFAULT;

  @Test
  void itOpensByAskingAboutATagAndClaimsNothing() {
    entered(List.of("chess"));
    assertThat(stage.said)
        .containsExactly("Hi! You put \"chess\" among the things you like. What got you into it?");
  }

  @Test
  void aTagThatIsALinkIsNotRepeated() {
    entered(List.of("www.evil.example"));
    assertThat(stage.said).containsExactly(CONDUCT.line(FixedLine.OPENING, ENGLISH, 0));
  }

  @Test
  void whatIsWrittenWithinAMomentIsAnsweredTogether() {
    entered(List.of());
    stage.talk().heard("I had a long day");
    strand.pass(MOMENT.minusMillis(1));
    stage.talk().heard("and it rained");
    strand.pass(MOMENT.minusMillis(1));
    assertThat(talker.prompts).isEmpty();

    strand.pass(Duration.ofMillis(1));

    assertThat(talker.asked().said()).isEqualTo("I had a long day\nand it rained");
    assertThat(talker.asked().turn()).isEqualTo(2);
    assertThat(talker.asked().memory()).extracting(Line::who).containsExactly(Line.Who.PEER);
  }

  @Test
  void somebodyWhoWritesOnIsWaitedForButNotForEver() {
    entered(List.of());
    stage.talk().heard("Well");
    Duration waited = Duration.ZERO;
    while (waited.compareTo(Duration.ofMillis(2_999)) < 0) {
      stage.talk().personTyping();
      Duration step = Duration.ofMillis(Math.min(600, 2_999 - waited.toMillis()));
      strand.pass(step);
      waited = waited.plus(step);
    }
    assertThat(talker.prompts).isEmpty();
    strand.pass(Duration.ofMillis(1));
    assertThat(talker.prompts).as("after three seconds").hasSize(1);
  }

  @Test
  void writingIsShownAtOnceAndUntilTheAnswerIsThere() {
    entered(List.of());
    stage.talk().heard("Hello");
    assertThat(stage.typing).isEqualTo(1);
    strand.pass(MOMENT.plus(TIMES.typingEvery().multipliedBy(2)));
    assertThat(stage.typing).isEqualTo(4);

    talker.says("Good evening to you.");
    talker.isDone(5);
    strand.pass(TIMES.typingEvery().multipliedBy(3));

    assertThat(stage.typing).isEqualTo(4);
    assertThat(notes.all).contains("typing after 0", "sentence after 5700", "spent 5");
  }

  @Test
  void sentencesAreSaidAsTheyComeAndRemembered() {
    asked("Hello");
    talker.says("Good evening to you.");
    assertThat(stage.last()).isEqualTo("Good evening to you.");
    talker.says("How was your day?");
    talker.isDone(5);

    ask("Fine");

    assertThat(talker.asked().memory())
        .endsWith(
            new Line(Line.Who.PERSON, "Hello"),
            new Line(Line.Who.PEER, "Good evening to you."),
            new Line(Line.Who.PEER, "How was your day?"));
  }

  @Test
  void writingOnStopsAnAnswerAndWhatWasNotAnsweredStaysOpen() {
    asked("Tell me about chess");
    stage.talk().heard("or rather about go");

    assertThat(talker.cancelled).isEqualTo(1);
    assertThat(notes.all).contains("cancelled WRITES_ON", "spent 7");
    talker.listeners.getFirst().sentence("Chess is an old game.");
    assertThat(stage.said).hasSize(1);
    strand.pass(MOMENT);
    assertThat(talker.asked().said()).isEqualTo("Tell me about chess\nor rather about go");
  }

  @Test
  void ofAnAnswerThatIsStoppedHalfwayWhatWasSaidStands() {
    asked("Tell me about chess");
    talker.says("Chess is an old game.");
    ask("or rather about go");

    assertThat(talker.asked().said()).isEqualTo("or rather about go");
    assertThat(talker.asked().memory())
        .endsWith(
            new Line(Line.Who.PERSON, "Tell me about chess"),
            new Line(Line.Who.PEER, "Chess is an old game."));
  }

  @Test
  void anEmergencyIsAnsweredByRuleAndTheTalkGoesOnGently() {
    entered(List.of());
    stage.talk().heard("I want to kill myself");

    assertThat(stage.said).hasSizeGreaterThan(1);
    assertThat(notes.all).contains("judged Emergency");
    ask("Thank you");
    assertThat(talker.asked().tone()).isEqualTo(Prompt.Tone.GENTLE);
    assertThat(talker.asked().memory()).extracting(Line::text).noneMatch(t -> t.contains("kill"));
  }

  @Test
  void whatItIsIsAnsweredByRuleAndNoModelSeesTheQuestion() {
    asked("Hello");
    stage.talk().heard("Are you human?");

    assertThat(talker.cancelled).isEqualTo(1);
    assertThat(stage.last()).isEqualTo(CONDUCT.line(FixedLine.WHAT_I_AM, ENGLISH, 2));
    ask("I see");
    assertThat(talker.prompts).hasSize(2);
    assertThat(talker.asked().memory()).extracting(Line::text).doesNotContain("Are you human?");
  }

  @Test
  void aClaimToBeAPersonIsReplacedAndTheRestOfThatAnswerDropped() {
    asked("Hello");
    talker.says("I am a real person.");

    assertThat(stage.last()).doesNotContain("real person");
    assertThat(notes.all).contains("replaced CLAIM", "cancelled CONDUCT");
    int said = stage.said.size();
    talker.listeners.getFirst().sentence("I live in Paris.");
    assertThat(stage.said).hasSize(said);
  }

  @Test
  void anAnswerOfWhichNothingIsLeftIsALineThatFits() {
    asked("Hello");
    talker.isDone(3);
    assertThat(stage.last()).isEqualTo(CONDUCT.line(FixedLine.GO_ON, ENGLISH, 1));
  }

  @Test
  void threeFailuresInARowAreAnHonestGoodbye() {
    asked("Hello");
    talker.fails();
    assertThat(notes.all).contains("line PROVIDER_FAILED");
    ask("What?");
    talker.isDone(1);
    for (int failure = 0; failure < 2; failure++) {
      ask("Hm");
      talker.fails();
      assertThat(stage.left).isFalse();
    }

    ask("Hm");
    talker.fails();

    assertThat(stage.said).contains(CONDUCT.line(FixedLine.PROVIDER_GONE, ENGLISH, 5));
    assertThat(stage.left).isTrue();
    assertThat(notes.all).endsWith("ended PROVIDER_GONE");
    assertThat(overs).hasValue(1);
  }

  @Test
  void afterSteppingAsideThereIsNotAnotherWord() {
    Talk talk = asked("Hello");
    AtomicInteger settled = new AtomicInteger();
    talk.stepAside(settled::incrementAndGet);

    assertThat(talker.cancelled).isEqualTo(1);
    assertThat(settled).hasValue(1);
    assertThat(stage.last()).isEqualTo(CONDUCT.line(FixedLine.STEPPING_ASIDE, ENGLISH, 1));
    int said = stage.said.size();
    ask("Still there?");
    talk.stepAside(settled::incrementAndGet);
    assertThat(stage.said).hasSize(said);
    assertThat(settled).hasValue(2);

    stage.talk().ended(Ending.HUMAN_FOUND);
    assertThat(notes.all).endsWith("ended HUMAN_FOUND");
  }

  @Test
  void whoStepsAsideForNobodyLeavesInTheEnd() {
    Talk talk = entered(List.of());
    talk.stepAside(() -> {});
    strand.pass(TIMES.asideAtMost());
    assertThat(stage.left).isTrue();
    assertThat(notes.all).endsWith("ended STEPPED_ASIDE");
  }

  @Test
  void aLongSilenceIsBrokenByOneQuestion() {
    asked("Hello");
    talker.says("Good evening to you.");
    talker.isDone(1);
    strand.pass(TIMES.silence());
    assertThat(stage.last()).isEqualTo(CONDUCT.line(FixedLine.FOLLOW_UP, ENGLISH, 1));
    int said = stage.said.size();

    strand.pass(TIMES.silence().multipliedBy(5));

    assertThat(stage.said).hasSize(said);
  }

  @Test
  void aBudgetThatIsNearItsEndAndSpentIsSaid() {
    limits = new BudgetLimits(new Spent(3, 1_000), new Spent(9, 9_000), 60, 10);
    asked("One");
    talker.isDone(1);
    ask("Two");
    talker.isDone(1);
    assertThat(stage.last()).isEqualTo(CONDUCT.line(FixedLine.BUDGET_NEAR, ENGLISH, 2));

    ask("Three");
    talker.isDone(1);

    assertThat(stage.last()).isEqualTo(CONDUCT.line(FixedLine.BUDGET_OVER, ENGLISH, 3));
    assertThat(notes.all).endsWith("ended BUDGET_OVER");
  }

  @Test
  void whatAStoppedAnswerCostIsSpent() {
    limits = new BudgetLimits(new Spent(99, 14), new Spent(99, 9_000), 99, 10);
    asked("One");
    ask("Two");
    assertThat(stage.left).isFalse();

    stage.talk().heard("Three");

    assertThat(stage.last()).isEqualTo(CONDUCT.line(FixedLine.BUDGET_OVER, ENGLISH, 3));
    assertThat(talker.prompts).hasSize(2);
  }

  @Test
  void whoeverLeavesInTheMiddleHasSpentItToo() {
    limits = new BudgetLimits(new Spent(99, 7), new Spent(99, 7), 99, 10);
    Budget budget = new Budget(limits);
    begun(List.of(), budget);
    stage.talk().entered();
    ask("One");
    assertThat(budget.open(DEVICE).left(strand.clock.instant())).isEqualTo(Budget.Left.ENOUGH);

    stage.talk().ended(Ending.PERSON_LEFT);

    assertThat(budget.open(DEVICE).left(strand.clock.instant())).isEqualTo(Budget.Left.DAY_OVER);
  }

  @Test
  void notEveryLineOfSomebodyWhoWritesOnIsAskedOfTheTalker() {
    entered(List.of());
    for (int line = 0; line < 50; line++) {
      stage.talk().heard("line " + line);
      strand.pass(Duration.ofMillis(200));
    }
    assertThat(talker.prompts).hasSizeBetween(1, 4);
  }

  @Test
  void ofWhatIsOpenForLongOnlyTheNewestIsTheQuestion() {
    entered(List.of());
    for (int line = 0; line < 100; line++) {
      stage.talk().heard("line " + line + " " + "and so on ".repeat(50));
      strand.pass(Duration.ofMillis(200));
    }
    strand.pass(TIMES.gatherAtMost());
    assertThat(talker.asked().said()).hasSizeLessThan(7_000).contains("line 99 ");
    assertThat(talker.asked().memory()).hasSizeLessThanOrEqualTo(100);
  }

  @Test
  void aNodeThatGoesAwaySaysGoodbyeAndLeaves() {
    Talk talk = asked("Hello");
    talk.shutdown();
    assertThat(stage.last()).isEqualTo(CONDUCT.line(FixedLine.SHUTDOWN, ENGLISH, 1));
    assertThat(stage.left).isTrue();
    assertThat(talker.cancelled).isEqualTo(1);
    assertThat(notes.all).endsWith("ended SHUTDOWN");
  }

  @Test
  void whoCannotEnterInTimeGivesThePlaceUp() {
    begun(List.of());
    strand.pass(Duration.ofSeconds(10).plus(TIMES.enterGrace()));
    assertThat(stage.closed).isTrue();
    assertThat(overs).hasValue(1);
    assertThat(notes.all).containsExactly("ended NEVER_ENTERED");
  }

  @Test
  void aPersonWhoLeavesStopsTheAnswer() {
    asked("Hello");
    stage.talk().ended(Ending.PERSON_LEFT);
    assertThat(talker.cancelled).isEqualTo(1);
    assertThat(stage.closed).isTrue();
    assertThat(overs).hasValue(1);
    assertThat(notes.all).endsWith("ended PERSON_LEFT");
  }

  private Talk begun(List<String> tags) {
    return begun(tags, new Budget(limits));
  }

  private Talk begun(List<String> tags, Budget budget) {
    Talk talk =
        new Talk(
            new Talk.Parts(
                strand,
                talker,
                CONDUCT,
                budget.open(DEVICE),
                TIMES,
                OPENINGS,
                strand.clock,
                strand.clock,
                notes),
            new Person(tags, List.of("en"), Cohort.ADULT, DEVICE),
            overs::incrementAndGet);
    talk.begin(
        stage,
        new ParticipantId("AAAAAAAAAAE"),
        new Invitation(
            new SessionId("AAAAAAAAAAAAAAAAAAAAAA"),
            SealedGrant.of(new byte[] {1}),
            Duration.ofSeconds(10),
            new Person(tags, List.of("en"), Cohort.ADULT, DEVICE),
            new CorrelationId("correlation")));
    return talk;
  }

  private Talk entered(List<String> tags) {
    Talk talk = begun(tags);
    stage.talk().entered();
    return talk;
  }

  private Talk asked(String question) {
    Talk talk = entered(List.of());
    ask(question);
    return talk;
  }

  private void ask(String question) {
    stage.talk().heard(question);
    strand.pass(MOMENT);
  }
}
