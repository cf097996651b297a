package parley.faults.history;

import org.jspecify.annotations.Nullable;

/// One line of a history, one JSON object. Which fields a kind of line has is said by [What]; the
/// others are 0, null or empty and are not written.
///
/// @param at nanoseconds since the run began, by one monotone clock for all files of a run
/// @param stream which of the member's streams: 1 for the first it opened, then one more each
/// @param attachment as the server numbers them
/// @param sequence of a text of this member
/// @param member session-local number
public record Line(
    long at,
    What what,
    int stream,
    long attachment,
    long sequence,
    int member,
    @Nullable Place place,
    String text) {

  /// A line that is not dated yet: [History] does that.
  public static Line of(What what) {
    return new Line(0, what, 0, 0, 0, 0, null, "");
  }

  public Line at(long nanos) {
    return new Line(nanos, what, stream, attachment, sequence, member, place, text);
  }

  public Line on(int number) {
    return new Line(at, what, number, attachment, sequence, member, place, text);
  }

  public Line attachment(long number) {
    return new Line(at, what, stream, number, sequence, member, place, text);
  }

  public Line sequence(long number) {
    return new Line(at, what, stream, attachment, number, member, place, text);
  }

  public Line member(int number) {
    return new Line(at, what, stream, attachment, sequence, number, place, text);
  }

  public Line place(@Nullable Place where) {
    return new Line(at, what, stream, attachment, sequence, member, where, text);
  }

  public Line text(String words) {
    return new Line(at, what, stream, attachment, sequence, member, place, words);
  }
}
