package parley.bot.core.port;

import java.util.List;
import parley.bot.core.Improvised;

/// Makes up lines where nobody wrote one: a small model. What it says is never said to a person
/// unread. Thread-safe.
public interface Improviser {
  /// Nobody who could.
  Improviser NOBODY =
      new Improviser() {
        @Override
        public void warm() {}

        @Override
        public boolean isReady() {
          return false;
        }

        @Override
        public Improvisation improvise(Scene scene, Audience audience) {
          audience.over(Improvised.NOT_READY);
          return () -> {};
        }
      };

  /// Somebody begins to talk: what must be read first is read now, in the background.
  void warm();

  /// Whether all that must be read is read.
  boolean isReady();

  /// Begins to make up a line, and returns at once. The audience may be told before it returns.
  Improvisation improvise(Scene scene, Audience audience);

  /// What was said, and the reply.
  record Turn(String said, String replied) {}

  /// What a line is made up for.
  ///
  /// @param examples of how a turn may go, the nearest first
  /// @param before the last turn of this conversation; empty at its beginning
  /// @param said what is to be replied to
  record Scene(List<Turn> examples, List<Turn> before, String said) {
    public Scene {
      examples = List.copyOf(examples);
      before = List.copyOf(before);
    }
  }

  /// A line that is being made up.
  interface Improvisation {
    /// No line is wanted any more: computing ends with the next token. What was under way may still
    /// be told, and means nothing. Repeating it is harmless.
    void cancel();
  }

  /// Hears lines, on any thread, one call at a time. What it throws goes to a log.
  interface Audience {
    /// A whole line, of a sentence or two.
    ///
    /// @return whether another try is wanted
    Wish hears(String line);

    /// There will be no more lines. Told once, unless a line was taken.
    ///
    /// @param why there was none, or no other
    void over(Improvised why);
  }

  /// What an audience wants.
  enum Wish {
    /// The line was taken.
    NO_OTHER,
    ANOTHER
  }
}
