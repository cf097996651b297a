package parley.bot.core;

import parley.bot.core.conduct.Reviewed;

/// What to do with a sentence that was reviewed.
sealed interface Sayable {
  record Say(String line) implements Sayable {}

  /// It lost something; what is left goes.
  record Rest(String line, Reviewed.Why why) implements Sayable {}

  /// It was not to be said at all: a fixed line instead, and no more of that answer.
  record Instead(String line, Reviewed.Why why) implements Sayable {}

  record Nothing(Reviewed.Why why) implements Sayable {}

  static Sayable of(Reviewed reviewed) {
    return switch (reviewed) {
      case Reviewed.Say(String text) -> new Say(text);
      case Reviewed.Nothing(var why) -> new Nothing(why);
      case Reviewed.Replaced replaced ->
          switch (replaced.why()) {
            case LEAK, HARM, CLAIM, MEETING, CONTACT ->
                new Instead(replaced.text(), replaced.why());
            case LINK, MARKER, TOO_LONG, EMPTY -> new Rest(replaced.text(), replaced.why());
          };
    };
  }
}
