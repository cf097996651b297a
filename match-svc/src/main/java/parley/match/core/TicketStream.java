package parley.match.core;

/// The stream of one ticket, as its owner sees it.
public interface TicketStream {
  /// Called one at a time; must not block. Nothing comes after a [TicketEvent.Ending].
  void tell(TicketEvent event);
}
