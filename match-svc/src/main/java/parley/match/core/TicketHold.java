package parley.match.core;

/// A stream's hold on its ticket.
@FunctionalInterface
public interface TicketHold {
  /// The stream never had, or no longer has, a ticket.
  TicketHold NONE = () -> {};

  /// The stream is gone: its ticket is parked. Does not block; may be repeated.
  void letGo();
}
