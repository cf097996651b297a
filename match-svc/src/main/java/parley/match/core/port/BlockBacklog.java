package parley.match.core.port;

import java.util.List;
import parley.domain.Cohort;

/// Blocks that could not be brought where they last, kept beside the pool until they are; and
/// whether the pool knows all blocks. It is lost with the pool. Calls block, for virtual threads;
/// each throws [PoolUnavailable] if the store cannot be reached.
public interface BlockBacklog {
  /// @param id grows within a cohort
  record Waiting(String id, Blocks.Block block) {}

  /// At the end of its cohort's line.
  void put(Blocks.Block block);

  /// The first of the line, at most `count`.
  List<Waiting> oldest(Cohort cohort, int count);

  /// Those that are gone already are passed over.
  void remove(Cohort cohort, List<String> ids);

  /// Whether [#markWhole] was called since the pool was empty.
  boolean isWhole(Cohort cohort);

  /// Another number whenever the pool may have forgotten what it acknowledged last, while it kept
  /// the rest. Noticed by any other call here, before it returns. Does not block.
  long incarnation(Cohort cohort);

  /// The pool knows all blocks of this cohort now.
  void markWhole(Cohort cohort);
}
