package parley.match.core;

/// One side of a match. `attempt` counts the matches of this ticket that came to nothing before.
public record MatchMember(Ticket ticket, Rank rank, int attempt) {}
