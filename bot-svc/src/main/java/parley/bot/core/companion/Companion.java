package parley.bot.core.companion;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.bot.core.Line;
import parley.bot.core.Prompt;
import parley.bot.core.bank.BankReply;
import parley.bot.core.bank.SmallTalk;
import parley.bot.core.conduct.Tongue;
import parley.bot.core.game.Play;
import parley.bot.core.port.Talker;

/// Talks in one conversation: as a game wants it while one is played, from the bank where it is
/// sure enough, else by a line that carries the talk on, else as somebody without a bank would. An
/// answer takes milliseconds and is whole when [#answer] returns.
final class Companion implements Talker {
  /// What a reply's score must reach; below it a line that carries on fits better.
  private static final double SURE = 0.6;

  private final Function<Tongue, Optional<Company>> begins;
  private final Talker otherwise;
  private @Nullable Company company;
  private String saidLast = "";

  /// What one conversation needs.
  record Company(SmallTalk talk, @Nullable Play play) {}

  /// @param begins company in a language, if there is a bank of it
  Companion(Function<Tongue, Optional<Company>> begins, Talker otherwise) {
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
    if (company == null) {
      company = begins.apply(prompt.tongue()).orElse(null);
    }
    Company known = company;
    if (known == null) {
      return Optional.empty();
    }
    hearWhatOthersSaid(prompt, known.talk());
    String said = prompt.said();
    return said.isBlank()
        ? carryOn(known, said)
        : game(known, said).or(() -> answer(known, said)).or(() -> carryOn(known, said));
  }

  /// What a game says, small talk must not repeat, nor take the answer to it for its own.
  private static Optional<String> game(Company known, String said) {
    Play play = known.play();
    Optional<String> line = play == null ? Optional.empty() : play.hear(said);
    line.ifPresent(known.talk()::said);
    return line;
  }

  private static Optional<String> answer(Company known, String said) {
    return known.talk().answer(said, SURE).map(BankReply::text);
  }

  private static Optional<String> carryOn(Company known, String said) {
    return known.talk().carryOn(said).map(BankReply::text);
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
