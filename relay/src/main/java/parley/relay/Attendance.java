package parley.relay;

import org.jspecify.annotations.Nullable;
import parley.domain.SessionId;

/// What is kept of a session whose members are watched: who comes, goes and stays away.
///
/// @param beginning should the session have to be made
/// @param replaces another session that somebody has to close because this member is here now: said
///   once in the outbox, by the member's first attachment; null for none
public record Attendance(Who who, Beginning beginning, @Nullable SessionId replaces) {}
