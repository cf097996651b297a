package parley.match.redis;

import parley.domain.Cohort;

/// What a node does when Redis lost the tickets of a cohort, or this node's lease lapsed.
@FunctionalInterface
public interface LossListener {
  /// Redis lost everything: what no search may do without is written again. This node takes no step
  /// in the cohort until it is; thrown, it is tried again at the next beat. May block for long.
  default void refill(Cohort cohort) {}

  /// This node's tickets enter again. May block; beats go on meanwhile.
  void enterAgain(Cohort cohort);
}
