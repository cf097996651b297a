package parley.match.core.port;

import java.util.List;
import parley.domain.Cohort;
import parley.match.core.Party;

/// The truth of who blocked whom, which outlives the pool. Calls block, for virtual threads.
public interface Blocks {
  /// Nothing is kept but what the pool keeps.
  Blocks NONE =
      new Blocks() {
        @Override
        public void add(Block block) {}

        @Override
        public List<Block> all(Cohort cohort) {
          return List.of();
        }
      };

  /// Two who must not be paired, whichever of them asks.
  record Block(Cohort cohort, Party by, Party whom) {}

  /// Kept when this returns; repeating changes nothing.
  void add(Block block);

  /// All of one cohort: read when the pool lost its state.
  List<Block> all(Cohort cohort);
}
