package parley.relay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.domain.Position;
import parley.domain.SessionId;

/// A member who attaches.
///
/// @param members how many the session has, should its state have to be made
/// @param enterBy holds for a member's first attachment, judged by the store's clock; null for one
///   who comes back, for whom the state is made anew if it was lost
/// @param position what the member has; null for nothing
/// @param attendance null for a log whose members nobody watches
public record Arrival(
    SessionId session,
    int member,
    int members,
    @Nullable Instant enterBy,
    @Nullable Position position,
    @Nullable Attendance attendance) {
  /// To a log that nobody watches.
  public Arrival(
      SessionId session,
      int member,
      int members,
      @Nullable Instant enterBy,
      @Nullable Position position) {
    this(session, member, members, enterBy, position, null);
  }
}
