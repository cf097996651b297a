package parley.match.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why somebody was matched: only what both have, in the reader's own order. `language` is absent
/// if they share none; `relaxed`, how long after it was made the reader's ticket came to this
/// level, if it began there.
public record Receipt(
    List<Tag> sharedTags,
    @Nullable Language language,
    Level level,
    @Nullable Duration relaxed,
    Duration waited) {

  static Receipt of(MatchMember mine, MatchMember peer, Level level, Instant matchedAt) {
    Criteria wishes = mine.ticket().criteria();
    Criteria theirs = peer.ticket().criteria();
    boolean relaxedToIt = level == mine.level() && level != mine.ticket().start();
    return new Receipt(
        wishes.tags().stream().filter(theirs.tags()::contains).toList(),
        wishes.languages().stream().filter(theirs.languages()::contains).findFirst().orElse(null),
        level,
        relaxedToIt ? mine.relaxed() : null,
        waited(mine.rank(), matchedAt));
  }

  static Duration waited(Rank rank, Instant matchedAt) {
    Instant made = Instant.EPOCH.plus(rank.micros(), ChronoUnit.MICROS);
    Duration waited = Duration.between(made, matchedAt);
    return waited.isNegative() ? Duration.ZERO : waited;
  }
}
