package parley.match.core;

import java.time.Duration;
import java.util.EnumSet;
import parley.domain.Cohort;
import parley.match.core.port.Blocks;
import parley.match.core.port.TicketPool;

/// Keeps people apart: the truth is in [Blocks], what every search heeds in the pool.
public final class Refusals {
  private final TicketPool pool;
  private final Blocks blocks;

  public Refusals(TicketPool pool, Blocks blocks) {
    this.pool = pool;
    this.blocks = blocks;
  }

  /// From now on, whichever of the two asks, also when they have grown into an older cohort.
  /// Blocks.
  public void refuse(Cohort cohort, Party by, Party whom) {
    blocks.add(new Blocks.Block(cohort, by, whom));
    EnumSet.range(cohort, Cohort.ADULT).forEach(later -> pool.refuse(later, by, whom));
  }

  /// The pool lost its state. Blocks.
  ///
  /// @throws parley.match.core.port.BlocksAway if they cannot be read now
  public void reload(Cohort cohort) {
    blocks.forEach(cohort, block -> pool.refuse(cohort, block.by(), block.whom()));
  }

  /// The pool may have lost what it took within the last while. Blocks.
  ///
  /// @throws parley.match.core.port.BlocksAway if it cannot be read now
  public void repeat(Duration last, Cohort cohort) {
    blocks.forEachOf(last, cohort, block -> pool.refuse(cohort, block.by(), block.whom()));
  }
}
