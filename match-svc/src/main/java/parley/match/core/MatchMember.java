package parley.match.core;

import java.time.Duration;

/// One side of a match, as it was found.
///
/// @param attempt counts the matches of this ticket that came to nothing before
/// @param level how far it had relaxed
/// @param relaxed how long after it was made it came to that level
public record MatchMember(Ticket ticket, Rank rank, int attempt, Level level, Duration relaxed) {}
