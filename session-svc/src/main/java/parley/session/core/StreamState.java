package parley.session.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.domain.Position;
import parley.relay.Subscription;
import parley.session.core.port.Timers.Alarm;

/// Where a [MemberStream] stands; it only ever goes down this list.
sealed interface StreamState {
  /// From the first frame to the last.
  default Optional<In> in() {
    return Optional.empty();
  }

  record AwaitingEntry(Alarm deadline) implements StreamState {}

  /// Attaching: nothing was sent yet.
  ///
  /// @param inbox what the participant has of its inbox; null for nothing
  record Entering(Admission self, Subscription session, @Nullable Position inbox)
      implements StreamState {}

  record In(
      Admission self, Subscription session, StreamInput input, InboxFeed inbox, Reading reading)
      implements StreamState {
    @Override
    public Optional<In> in() {
      return Optional.of(this);
    }

    boolean isLive() {
      return reading == Reading.LIVE;
    }

    In live() {
      return new In(self, session, input, inbox, Reading.LIVE);
    }

    void detach() {
      session.detach();
      inbox.detach();
    }
  }

  record Ended() implements StreamState {}

  /// What a member who is in is given.
  enum Reading {
    /// What was said before it came.
    REPLAYING,
    LIVE
  }
}
