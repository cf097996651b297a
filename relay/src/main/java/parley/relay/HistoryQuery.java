package parley.relay;

/// A page of a log.
///
/// @param from the offset it begins beside, itself not included; 0 for the tip, or the start
/// @param count entries at most; fewer if they are long
public record HistoryQuery(Direction direction, long from, int count) {
  public HistoryQuery {
    if (from < 0 || count < 1) {
      throw new IllegalArgumentException(
          "from is " + from + " and count " + count + ", expected 0 or more and 1 or more");
    }
  }

  /// The newest page.
  public static HistoryQuery newest(int count) {
    return new HistoryQuery(Direction.OLDER, 0, count);
  }

  /// Where a page lies, seen from its beginning.
  public enum Direction {
    OLDER,
    NEWER
  }
}
