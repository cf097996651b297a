package parley.session.core;

import java.time.Instant;
import parley.domain.MemberKind;
import parley.domain.Position;

/// A stored message with what the server says of it.
///
/// @param ownSequence its author's sequence, for its author alone; else 0
public record Envelope(
    Position position,
    int member,
    MemberKind kind,
    Instant at,
    long ownSequence,
    Content content) {}
