package parley.match.core;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import parley.domain.Mode;

/// All pools of this server and how each goes about it.
///
/// @param removed pools that were taken away, as they were last: they go on for who is in them
public record Pools(Map<Pool, PoolRules> rules, Map<Pool, PoolRules> removed) {
  public Pools {
    rules = Map.copyOf(rules);
    removed = Map.copyOf(removed);
  }

  public Pools(Map<Pool, PoolRules> rules) {
    this(rules, Map.of());
  }

  /// The same, which take the place of others.
  public Pools instead(Pools before) {
    Map<Pool, PoolRules> gone = new HashMap<>(before.removed);
    gone.putAll(before.rules);
    gone.keySet().removeAll(rules.keySet());
    return new Pools(rules, gone);
  }

  /// Also of a pool that was taken away. One that was never there, as far as this node knows, goes
  /// about it with care: whoever is in it was perhaps promised to be asked.
  public PoolRules of(Pool pool) {
    PoolRules its = rules.get(pool);
    return its == null ? removed.getOrDefault(pool, PoolRules.UNKNOWN) : its;
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
