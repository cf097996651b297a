package parley.client.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parley.proto.domain.v1.Position;

/// Puts what came of a log back into its order, and sees what is missing.
///
/// On the web face one log arrives on two ways: the stream, which is in order, and the answers to
/// Send, which may run ahead of it or lag behind. An item waits here until everything before it
/// came. Offsets are unsigned in 32 bits. Used by one thread.
final class LogOrder<T> {
  private Position reached;
  private final TreeMap<Long, Held<T>> ahead = new TreeMap<>();
  private long streamed;

  /// @param reached the last position that was seen
  LogOrder(Position reached) {
    this.reached = reached;
    this.streamed = offset(reached);
  }

  /// The position up to which nothing is missing: where to resume.
  Position reached() {
    return reached;
  }

  /// Goes on from another position; what waited is forgotten.
  void restartAt(Position position) {
    reached = position;
    streamed = offset(position);
    ahead.clear();
  }

  /// Takes an item from the stream.
  ///
  /// @return false if it belongs to another log
  boolean streamed(Position position, T item) {
    streamed = Math.max(streamed, offset(position));
    return answered(position, item);
  }

  /// Takes an item that came beside the stream. An item that came before is dropped.
  ///
  /// @return false if it belongs to another log
  boolean answered(Position position, T item) {
    if (position.getEpoch() != reached.getEpoch()) {
      return false;
    }
    if (offset(position) > offset(reached)) {
      ahead.putIfAbsent(offset(position), new Held<>(position, item));
    }
    return true;
  }

  /// Every item whose turn has come, in order.
  List<T> next() {
    List<T> items = new ArrayList<>();
    Map.Entry<Long, Held<T>> first = ahead.firstEntry();
    while (first != null && first.getKey() == offset(reached) + 1) {
      ahead.remove(first.getKey());
      reached = first.getValue().position();
      items.add(first.getValue().item());
      first = ahead.firstEntry();
    }
    return items;
  }

  /// How many places the stream has passed by: own texts whose answers are still on their way, or a
  /// fault.
  long missing() {
    long seen = ahead.headMap(streamed, true).size();
    return Math.max(0, streamed - offset(reached) - seen);
  }

  static long offset(Position position) {
    return Integer.toUnsignedLong(position.getOffset());
  }

  private record Held<T>(Position position, T item) {}
}
