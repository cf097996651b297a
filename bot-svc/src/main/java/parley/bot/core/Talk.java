package parley.bot.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.bot.core.conduct.Budget;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.FixedLine;
import parley.bot.core.conduct.Judgement;
import parley.bot.core.conduct.Judgement.AsksWhatYouAre;
import parley.bot.core.conduct.Judgement.Emergency;
import parley.bot.core.conduct.Judgement.Plain;
import parley.bot.core.conduct.Judgement.WantsContact;
import parley.bot.core.conduct.Judgement.WantsToMeet;
import parley.bot.core.conduct.Speech;
import parley.bot.core.conduct.Tongue;
import parley.bot.core.port.Journal;
import parley.bot.core.port.Sessions;
import parley.bot.core.port.Strand;
import parley.bot.core.port.Talker;
import parley.domain.ParticipantId;

/// One conversation of an AI peer, from the way in to the end: who speaks when.
///
/// A person's message is judged by the conduct first; what that leaves is answered by the talker,
/// after a short moment in which more may come. Whatever the person does stops the answer that is
/// on its way. Everything runs on one strand; any thread may call.
public final class Talk implements Sessions.Events, Answering.After {
  /// Answers that fail in a row before it says goodbye.
  private static final int FAILURES = 3;

  private final Parts parts;
  private final Strand strand;
  private final TalkTimes times;
  private final Person person;
  private final Tongue tongue;
  private final Runnable over;
  private final Memory memory = new Memory();
  private final Mouth mouth;
  private final Answering answering;

  private Phase phase = Phase.ENTERING;
  private @Nullable Ending whyLeaving;
  private Prompt.Tone tone = Prompt.Tone.USUAL;
  private int turn;
  private int failures;
  private Instant lastHeard;
  private Instant firstOpen;
  private boolean nudged;
  private Strand.Timer due = () -> {};
  private Strand.Timer silence = () -> {};

  private enum Phase {
    ENTERING,
    TALKING,
    /// A person was found: not another word.
    ASIDE,
    /// Said goodbye.
    LEAVING,
    OVER
  }

  /// What a conversation is made of.
  ///
  /// @param clock the time of day, for budgets
  /// @param steady for how long something lasts
  public record Parts(
      Strand strand,
      Talker talker,
      Conduct conduct,
      Budget.Share budget,
      TalkTimes times,
      Openings openings,
      InstantSource clock,
      InstantSource steady,
      Journal journal) {}

  /// @param over runs once, when all is over
  public Talk(Parts parts, Person person, Runnable over) {
    this.parts = parts;
    this.strand = parts.strand();
    this.times = parts.times();
    this.person = person;
    this.tongue = person.tongue();
    this.over = over;
    this.mouth = new Mouth(parts.conduct(), tongue, memory, parts.journal());
    this.answering = new Answering(parts, mouth, memory, this);
    this.lastHeard = parts.steady().instant();
    this.firstOpen = lastHeard;
  }

  /// Enters by this invitation, in the background.
  public void begin(Sessions sessions, ParticipantId peer, Invitation invitation) {
    Duration patience = invitation.enterWithin().plus(times.enterGrace());
    strand.post(
        () -> {
          mouth.speakBy(sessions.enter(peer, invitation, this));
          due = strand.after(patience, () -> finish(Ending.NEVER_ENTERED));
        });
  }

  /// A person was found: one line, then silence.
  ///
  /// @param settled runs once, on any thread: the line is stored, or never will be
  public void stepAside(Runnable settled) {
    strand.post(
        () -> {
          if (phase != Phase.TALKING) {
            settled.run();
            return;
          }
          quiet(Interruption.STEPS_ASIDE);
          phase = Phase.ASIDE;
          mouth.say(mouth.fixed(FixedLine.STEPPING_ASIDE, turn), settled);
          due = strand.after(times.asideAtMost(), () -> leave(Ending.STEPPED_ASIDE));
        });
  }

  /// This node goes away: says so and leaves.
  public void shutdown() {
    strand.post(
        () -> {
          switch (phase) {
            case ENTERING -> finish(Ending.SHUTDOWN);
            case TALKING -> {
              quiet(Interruption.SHUTDOWN);
              goodbye(FixedLine.SHUTDOWN, Ending.SHUTDOWN);
            }
            case ASIDE -> leave(Ending.SHUTDOWN);
            case LEAVING, OVER -> {
              // On its way already.
            }
          }
        });
  }

  /// Lets go without a word, for a node that closes.
  public void close() {
    strand.post(() -> finish(Ending.SHUTDOWN));
  }

  @Override
  public void entered() {
    strand.post(this::open);
  }

  @Override
  public void heard(String text) {
    strand.post(
        () -> {
          if (phase == Phase.TALKING) {
            listen(text);
          }
        });
  }

  /// Whoever writes on is not answered yet.
  @Override
  public void personTyping() {
    strand.post(
        () -> {
          if (phase == Phase.TALKING && memory.isAsked() && !answering.isOn()) {
            gather();
          }
        });
  }

  @Override
  public void ended(Ending ending) {
    strand.post(() -> finish(ending));
  }

  @Override
  public void answered(int tokens) {
    failures = 0;
    settle(tokens);
  }

  /// An honest line, and after some of them goodbye.
  @Override
  public void failed(int tokens) {
    failures++;
    if (failures < FAILURES) {
      mouth.say(FixedLine.PROVIDER_FAILED, turn);
      settle(tokens);
    } else {
      parts.budget().charge(tokens, parts.clock().instant());
      goodbye(FixedLine.PROVIDER_GONE, Ending.PROVIDER_GONE);
    }
  }

  private void open() {
    if (phase != Phase.ENTERING) {
      return;
    }
    phase = Phase.TALKING;
    due.cancel();
    if (!goodbyeIfSpent(parts.budget().left(parts.clock().instant()))) {
      mouth.say(
          parts
              .openings()
              .about(person.tags(), tongue, line -> parts.conduct().review(line, tongue))
              .orElseGet(() -> mouth.fixed(FixedLine.OPENING, turn)));
      waitForWords();
    }
  }

  private void listen(String text) {
    silence.cancel();
    nudged = false;
    turn++;
    lastHeard = parts.steady().instant();
    if (answering.isOn()) {
      firstOpen = lastHeard; // no answer to each line of somebody who writes line after line
      answering.interrupt(Interruption.WRITES_ON);
    }
    Judgement judgement = parts.conduct().judge(new Speech(text, tongue, turn, memory::hasSaid));
    switch (judgement) {
      case Plain(String plain) -> take(plain);
      case Emergency(var _, List<String> lines) -> {
        tone = Prompt.Tone.GENTLE;
        byRule(judgement, lines);
      }
      case AsksWhatYouAre(String line) -> byRule(judgement, List.of(line));
      case WantsToMeet(String line) -> byRule(judgement, List.of(line));
      case WantsContact(String line) -> byRule(judgement, List.of(line));
    }
  }

  private void take(String plain) {
    if (goodbyeIfSpent(parts.budget().left(parts.clock().instant()))) {
      return; // answers that were stopped have cost it
    }
    if (!memory.isAsked()) {
      firstOpen = lastHeard;
    }
    memory.asked(plain);
    mouth.typing();
    parts.journal().typingAfter(Duration.between(lastHeard, parts.steady().instant()));
    gather();
  }

  /// No model sees what a rule has answered, now or later. What was asked before it is settled too.
  private void byRule(Judgement judgement, List<String> lines) {
    due.cancel();
    parts.journal().judged(judgement);
    lines.forEach(mouth::say);
    settle(0);
  }

  /// Waits a moment for more, but not for ever.
  private void gather() {
    due.cancel();
    Duration left =
        Duration.between(parts.steady().instant(), firstOpen.plus(times.gatherAtMost()));
    Duration wait = left.compareTo(times.gather()) < 0 ? left : times.gather();
    due =
        strand.after(
            wait.isNegative() ? Duration.ZERO : wait,
            () -> {
              if (phase == Phase.TALKING) {
                answering.begin(prompt(), lastHeard);
              }
            });
  }

  private Prompt prompt() {
    return new Prompt(memory.lines(), memory.question(), tongue, turn, person.tags(), tone);
  }

  /// The turn is over; the person's is next.
  private void settle(int tokens) {
    memory.answered();
    Budget.Left left = parts.budget().spend(tokens, parts.clock().instant());
    if (left == Budget.Left.NEAR_ITS_END) {
      mouth.say(FixedLine.BUDGET_NEAR, turn);
    }
    if (!goodbyeIfSpent(left)) {
      waitForWords();
    }
  }

  private boolean goodbyeIfSpent(Budget.Left left) {
    switch (left) {
      case CONVERSATION_OVER -> goodbye(FixedLine.BUDGET_OVER, Ending.BUDGET_OVER);
      case DAY_OVER -> goodbye(FixedLine.DAY_OVER, Ending.BUDGET_OVER);
      case ENOUGH, NEAR_ITS_END -> {
        return false;
      }
    }
    return true;
  }

  /// After a long silence one question, and no second before the person has written.
  private void waitForWords() {
    silence.cancel();
    if (!nudged) {
      silence = strand.after(times.silence(), this::nudge);
    }
  }

  private void nudge() {
    if (phase == Phase.TALKING) {
      nudged = true;
      boolean gentle = tone == Prompt.Tone.GENTLE;
      mouth.say(gentle ? FixedLine.GENTLE : FixedLine.FOLLOW_UP, turn);
    }
  }

  private void quiet(Interruption why) {
    answering.interrupt(why);
    due.cancel();
    silence.cancel();
  }

  private void goodbye(FixedLine line, Ending ending) {
    mouth.say(line, turn);
    leave(ending);
  }

  private void leave(Ending ending) {
    whyLeaving = ending;
    phase = Phase.LEAVING;
    due.cancel();
    silence.cancel();
    mouth.leave();
  }

  private void finish(Ending ending) {
    if (phase != Phase.OVER) {
      quiet(Interruption.OVER);
      phase = Phase.OVER;
      strand.close();
      mouth.close();
      parts.journal().ended(whyLeaving == null ? ending : whyLeaving);
      over.run();
    }
  }
}
