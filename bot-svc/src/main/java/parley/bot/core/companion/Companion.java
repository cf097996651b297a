package parley.bot.core.companion;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.bot.core.Line;
import parley.bot.core.Prompt;
import parley.bot.core.bank.Reply;
import parley.bot.core.bank.SmallTalk;
import parley.bot.core.conduct.Tongue;
import parley.bot.core.port.Talker;

/// Talks in one conversation: from the bank where it is sure enough, else by a line that carries
/// the talk on, else as somebody without a bank would. An answer takes milliseconds and is whole
/// when [#answer] returns.
final class Companion implements Talker {
  /// What a reply's score must reach; below it a line that carries on fits better.
  private static final double SURE = 0.6;

  private final Function<Tongue, Optional<SmallTalk>> begins;
  private final Talker otherwise;
  private @Nullable SmallTalk talk;
  private String saidLast = "";

  /// @param begins small talk in a language, if there is a bank of it
  Companion(Function<Tongue, Optional<SmallTalk>> begins, Talker otherwise) {
    this.begins = begins;
    this.otherwise = otherwise;
  }

  @Override
  public Utterance answer(Prompt prompt, Listener listener) {
    Optional<String> line = prompt.tone() == Prompt.Tone.GENTLE ? Optional.empty() : line(prompt);
    if (line.isEmpty()) {
      return otherwise.answer(prompt, listener);
    }
    saidLast = line.get();
    listener.sentence(line.get());
    listener.done(0);
    return () -> 0;
  }

  private Optional<String> line(Prompt prompt) {
    if (talk == null) {
      talk = begins.apply(prompt.tongue()).orElse(null);
    }
    SmallTalk small = talk;
    if (small == null) {
      return Optional.empty();
    }
    hearWhatOthersSaid(prompt, small);
    return answer(small, prompt.said()).or(small::carryOn).map(Reply::text);
  }

  private static Optional<Reply> answer(SmallTalk small, String said) {
    return said.isBlank() ? Optional.empty() : small.answer(said, SURE);
  }

  /// Lines of the conduct are of the same voice: what the person says next is about them.
  private void hearWhatOthersSaid(Prompt prompt, SmallTalk small) {
    prompt.memory().stream()
        .filter(line -> line.who() == Line.Who.PEER)
        .reduce((_, last) -> last)
        .map(Line::text)
        .filter(last -> !last.equals(saidLast))
        .ifPresent(small::said);
  }
}
