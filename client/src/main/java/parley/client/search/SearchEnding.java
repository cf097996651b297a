package parley.client.search;

/// How a search ends that finds nobody.
public enum SearchEnding {
  /// By `PeerSearch.cancel`, here or elsewhere.
  CANCELLED,
  /// The longest wait is over.
  EXPIRED,
  /// Another stream, perhaps another tab, has this ticket now.
  MOVED,
  /// This guest is in a conversation already.
  ALREADY_IN_SESSION,
  /// This guest has another ticket.
  ANOTHER_TICKET_LIVE,
  /// Too many proposals were declined; search again later.
  PAUSED,
  /// The server does not take this search, or does not know this guest.
  REFUSED
}
