package parley.bot.core.conduct;

/// What became of a line that somebody wanted to say.
public sealed interface Reviewed {

  /// To be said as it is, but for blanks.
  record Say(String text) implements Reviewed {}

  /// To be said instead. If the line only lost something (a link, a role marker, its end), the text
  /// is the rest; else it is a fixed line.
  record Replaced(String text, Why why) implements Reviewed {}

  /// Nothing is left to say; [FixedLine#GO_ON] has lines that fit anywhere.
  record Nothing(Why why) implements Reviewed {}

  /// Why a line was not said as it was, for metrics; the gravest reason if there are several.
  enum Why {
    /// It gave away its instructions.
    LEAK,
    /// It insulted, or wished somebody harm.
    HARM,
    /// It offered to meet.
    MEETING,
    /// It gave or asked for a number, an account or an address.
    CONTACT,
    /// It claimed to be a person, or to have a body, a home, an age, a family, a meal, a feeling.
    CLAIM,
    LINK,
    /// It held role markers, or spoke for somebody else.
    MARKER,
    TOO_LONG,
    EMPTY
  }
}
