package parley.bot.core;

import org.jspecify.annotations.Nullable;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.FixedLine;
import parley.bot.core.conduct.Tongue;
import parley.bot.core.port.Journal;
import parley.bot.core.port.Sessions;

/// Says what was decided, and remembers that it was said. Used on the conversation's strand alone.
final class Mouth {
  private final Conduct conduct;
  private final Tongue tongue;
  private final Memory memory;
  private final Journal journal;
  private Sessions.@Nullable Voice voice;

  Mouth(Conduct conduct, Tongue tongue, Memory memory, Journal journal) {
    this.conduct = conduct;
    this.tongue = tongue;
    this.memory = memory;
    this.journal = journal;
  }

  void speakBy(Sessions.Voice entered) {
    voice = entered;
  }

  void say(String line) {
    say(line, () -> {});
  }

  /// @param settled runs once: the line is stored, or never will be
  void say(String line, Runnable settled) {
    memory.said(line);
    voice().say(line, settled);
  }

  void say(FixedLine which, int turn) {
    say(fixed(which, turn));
  }

  /// The line that is about to be said.
  String fixed(FixedLine which, int turn) {
    journal.fixedLine(which);
    return conduct.line(which, tongue, turn, memory::hasSaid);
  }

  void typing() {
    voice().typing();
  }

  void leave() {
    voice().leave();
  }

  void close() {
    if (voice != null) {
      voice.close();
    }
  }

  private Sessions.Voice voice() {
    if (voice == null) {
      throw new IllegalStateException("no voice, expected one after entering");
    }
    return voice;
  }
}
