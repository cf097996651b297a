package parley.match.core;

import org.jspecify.annotations.Nullable;

/// The stream of one ticket, as its owner sees it.
public interface TicketStream {
  /// Called one at a time; must not block. Nothing comes after a [TicketEvent.Ending].
  void tell(TicketEvent event);

  /// Its person went away before it was answered: it takes no ticket from a stream that is there.
  default boolean isGone() {
    return false;
  }

  /// The AI peer that talks with the person, if this is their inbox and not a stream of their own.
  default @Nullable Companion companion() {
    return null;
  }
}
