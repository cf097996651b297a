package parley.match.core;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import parley.domain.Mode;

/// All pools of this server and how each goes about it.
public record Pools(Map<Pool, PoolRules> rules) {
  public Pools {
    rules = Map.copyOf(rules);
  }

  /// Those without a rule of their own: a pool that was taken away goes on for who is in it.
  public PoolRules of(Pool pool) {
    return rules.getOrDefault(pool, PoolRules.DEFAULT);
  }

  public boolean has(Pool pool) {
    return rules.containsKey(pool);
  }

  /// What may be asked for in a mode.
  public SortedSet<String> intents(Mode mode) {
    return rules.keySet().stream()
        .filter(pool -> pool.mode() == mode)
        .map(Pool::intent)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
