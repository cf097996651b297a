package parley.match.core;

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

  /// From now on, whichever of the two asks. Blocks.
  public void refuse(Cohort cohort, Party by, Party whom) {
    blocks.add(new Blocks.Block(cohort, by, whom));
    pool.refuse(cohort, by, whom);
  }

  /// The pool lost its state. Blocks.
  public void reload(Cohort cohort) {
    blocks.all(cohort).forEach(block -> pool.refuse(cohort, block.by(), block.whom()));
  }
}
