package parley.bot.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.FixedLine;
import parley.bot.core.port.Journal;
import parley.bot.core.port.Strand;
import parley.bot.core.port.Talker;

/// The answer that is on its way, one at a time: asked of the talker, shown as being written, each
/// sentence reviewed before it is said, stopped when it is not wanted any more. Used on the
/// conversation's strand alone.
final class Answering {
  private final Talk.Parts parts;
  private final Strand strand;
  private final Conduct conduct;
  private final Journal journal;
  private final InstantSource steady;
  private final Mouth mouth;
  private final Memory memory;
  private final After after;
  private @Nullable Answer current;
  private Strand.Timer typing = () -> {};

  /// What comes after an answer.
  interface After {
    /// All of it was said.
    void answered(int tokens);

    /// There will be no more of it, and all tries are over.
    void failed(int tokens);
  }

  Answering(Talk.Parts parts, Mouth mouth, Memory memory, After after) {
    this.parts = parts;
    this.strand = parts.strand();
    this.conduct = parts.conduct();
    this.journal = parts.journal();
    this.steady = parts.steady();
    this.mouth = mouth;
    this.memory = memory;
    this.after = after;
  }

  boolean isOn() {
    return current != null;
  }

  /// @param since when the person had written what is answered
  void begin(Prompt prompt, Instant since) {
    Answer begun = new Answer(prompt, since);
    current = begun;
    showTyping();
    begun.utterance = parts.talker().answer(prompt, begun);
  }

  /// What was said of it stands; what it answered is still open unless something was said.
  void interrupt(Interruption why) {
    Answer going = current;
    if (going == null) {
      return;
    }
    over();
    journal.cancelled(why);
    int tokens = going.utterance.cancel();
    journal.spent(tokens);
    parts.budget().charge(tokens, parts.clock().instant());
    if (going.said > 0) {
      memory.answered();
    }
  }

  private void showTyping() {
    mouth.typing();
    typing = strand.after(parts.times().typingEvery(), this::showTyping);
  }

  private void over() {
    current = null;
    typing.cancel();
  }

  private void sentence(Answer from, String text) {
    switch (Sayable.of(conduct.review(text, from.prompt.tongue()))) {
      case Sayable.Say(String line) -> from.say(line);
      case Sayable.Rest(String line, var why) -> {
        journal.replaced(why);
        from.say(line);
      }
      case Sayable.Instead(String line, var why) -> {
        journal.replaced(why);
        from.say(line);
        interrupt(Interruption.CONDUCT);
        after.answered(0);
      }
      case Sayable.Nothing(var why) -> journal.replaced(why);
    }
  }

  private void done(Answer from, int tokens) {
    over();
    if (from.said == 0) {
      boolean gentle = from.prompt.tone() == Prompt.Tone.GENTLE;
      FixedLine line = gentle ? FixedLine.GENTLE : FixedLine.GO_ON;
      from.say(mouth.fixed(line, from.prompt.turn()));
    }
    journal.spent(tokens);
    after.answered(tokens);
  }

  private void failed(int tokens) {
    over();
    journal.spent(tokens);
    after.failed(tokens);
  }

  /// One answer as it comes. What comes after it was stopped is dropped.
  private final class Answer implements Talker.Listener {
    private final Prompt prompt;
    private final Instant since;
    private Talker.Utterance utterance = () -> 0;
    private int said;

    private Answer(Prompt prompt, Instant since) {
      this.prompt = prompt;
      this.since = since;
    }

    @Override
    public void sentence(String text) {
      ifCurrent(() -> Answering.this.sentence(this, text));
    }

    @Override
    public void done(int tokens) {
      ifCurrent(() -> Answering.this.done(this, tokens));
    }

    @Override
    public void failed(Fault fault, int tokens) {
      ifCurrent(() -> Answering.this.failed(tokens));
    }

    private void ifCurrent(Runnable step) {
      strand.post(
          () -> {
            if (equals(current)) {
              step.run();
            }
          });
    }

    private void say(String line) {
      if (said == 0) {
        journal.firstSentenceAfter(Duration.between(since, steady.instant()));
      }
      said++;
      mouth.say(line);
    }
  }
}
