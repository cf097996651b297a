package parley.bot.core;

import java.util.List;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.FixedLine;
import parley.bot.core.port.Talker;
import parley.bot.core.port.Talkers;
import parley.domain.TalkerKind;

/// Talks by the lines of the files, which fit after anything. No word leaves this process.
public final class FileTalkers implements Talkers {
  private final Conduct conduct;

  public FileTalkers(Conduct conduct) {
    this.conduct = conduct;
  }

  @Override
  public Talker begin() {
    return (prompt, listener) -> {
      FixedLine which = prompt.tone() == Prompt.Tone.GENTLE ? FixedLine.GENTLE : FixedLine.GO_ON;
      listener.sentence(conduct.line(which, prompt.tongue(), prompt.turn(), prompt::hasHeard));
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
