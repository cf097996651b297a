package parley.session.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import parley.domain.Position;
import parley.relay.Receipt;
import parley.relay.ResetReason;

/// What happens on a stream beside texts.
public sealed interface StreamEvent {
  /// The first of a stream.
  ///
  /// @param presences of all members, in the order of their numbers
  /// @param receipts of those that gave any, its own among them
  record Entered(
      Admission admission,
      List<Presence> presences,
      Map<Integer, Receipt> receipts,
      long attachment,
      long nextSequence,
      Position tip,
      SessionLimits limits)
      implements StreamEvent {}

  record CaughtUp(Position position) implements StreamEvent {}

  record Reset(ResetReason reason, Position resumeAt) implements StreamEvent {}

  record PeerTyping(int member, Duration lives) implements StreamEvent {}

  record MemberMoved(Admission admission, int member, Presence presence) implements StreamEvent {}

  /// How far another member has come.
  record PeerReceipt(int member, Receipt receipt) implements StreamEvent {}

  record Heartbeat() implements StreamEvent {}

  /// The last of a stream.
  record End(EndReason reason) implements StreamEvent {}
}
