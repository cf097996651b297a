package parley.match.core.port;

import java.util.Map;
import parley.domain.Cohort;
import parley.match.core.Crowd;
import parley.match.core.Pool;

/// Where nodes tell each other who waits at them.
public interface CrowdBoard {
  /// Leaves what this node knows of one pool, in place of what it left before, and takes what all
  /// nodes left in the last few seconds. An empty part takes this node's away. Blocks.
  ///
  /// @throws PoolUnavailable if the store cannot be reached
  Crowd exchange(Cohort cohort, Pool pool, Map<Crowd.Kind, Crowd.Tally> part);
}
