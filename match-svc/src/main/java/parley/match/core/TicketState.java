package parley.match.core;

/// What has become of a ticket. The edges are in `proto/README.md`.
public enum TicketState {
  /// In line: a live node holds a live stream for it.
  WAITING,
  /// Kept with its rank, in no queue.
  PARKED,
  /// Taken together with another; both are asked.
  PROPOSED,
  /// Taken together with another.
  MATCHED,
  /// Both entered. Terminal.
  MET,
  /// Terminal.
  CANCELLED,
  /// Terminal.
  EXPIRED;

  public boolean isLive() {
    return switch (this) {
      case WAITING, PARKED, PROPOSED, MATCHED -> true;
      case MET, CANCELLED, EXPIRED -> false;
    };
  }
}
