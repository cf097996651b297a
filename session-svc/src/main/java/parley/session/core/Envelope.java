package parley.session.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.domain.MemberKind;
import parley.domain.Position;
import parley.relay.LogEntry;
import parley.session.core.port.Bodies;

/// A stored message with what the server says of it.
///
/// @param member who wrote it; 0 for the server
/// @param kind of who wrote it; null for the server
/// @param ownSequence its author's sequence, for its author alone; else 0
public record Envelope(
    Position position,
    int member,
    @Nullable MemberKind kind,
    Instant at,
    long ownSequence,
    Content content) {
  /// As `reader` sees an entry.
  static Envelope of(Admission reader, LogEntry entry, int epoch, Bodies bodies) {
    return new Envelope(
        entry.position(epoch),
        entry.member(),
        entry.member() == 0 ? null : reader.kindOf(entry.member()),
        entry.at(),
        entry.member() == reader.member() ? entry.sequence() : 0,
        bodies.decode(entry.body()));
  }
}
