package parley.match.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import parley.domain.Cohort;
import parley.match.core.Crowd;
import parley.match.core.Pool;
import parley.match.core.Rank;
import parley.match.core.port.CrowdBoard;

/// A hash for each pool, a field for each node. What a node left counts for a few seconds: a dead
/// one leaves nothing more.
final class RedisCrowdBoard implements CrowdBoard {
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final ScriptRunner scripts;
  private final MatchKeys keys;
  private final OwnerId owner;

  RedisCrowdBoard(ScriptRunner scripts, MatchKeys keys, OwnerId owner) {
    this.scripts = scripts;
    this.keys = keys;
    this.owner = owner;
  }

  @Override
  public Crowd exchange(Cohort cohort, Pool pool, Map<Crowd.Kind, Crowd.Tally> part) {
    ScriptRunner.ScriptAnswer answer =
        scripts.run(
            MatchScripts.EXCHANGE,
            List.of(keys.crowd(cohort, pool)),
            List.of(
                owner.text(),
                CrowdText.write(part),
                RedisTicketPool.micros(FRESH),
                Long.toString(KEPT.toSeconds())));
    return Crowd.of(
        IntStream.range(1, answer.size()).mapToObj(answer::text).map(CrowdText::read).toList(),
        new Rank(Long.parseLong(answer.text(0))));
  }
}
