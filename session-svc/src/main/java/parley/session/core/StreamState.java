package parley.session.core;

import parley.relay.Subscription;
import parley.session.core.port.Timers.Alarm;

/// Where a [MemberStream] stands; it only ever goes down this list.
sealed interface StreamState {
  record AwaitingEntry(Alarm deadline) implements StreamState {}

  /// Attaching: nothing was sent yet.
  record Entering(Admission self, Subscription subscription) implements StreamState {}

  /// What was said before is being sent.
  record Replaying(Admission self, Subscription subscription, StreamInput input)
      implements StreamState {}

  record Live(Admission self, Subscription subscription, StreamInput input)
      implements StreamState {}

  record Ended() implements StreamState {}
}
