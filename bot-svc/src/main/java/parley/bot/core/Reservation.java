package parley.bot.core;

import java.time.Duration;
import parley.domain.ParticipantId;

/// A place that is kept for one conversation.
///
/// @param peer the AI peer as a participant
public record Reservation(ReservationId id, ParticipantId peer, Duration heldFor) {}
