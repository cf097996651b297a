package parley.match.core.port;

import java.time.Duration;
import java.util.function.Consumer;
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
        public void forEach(Cohort cohort, Consumer<Block> block) {}

        @Override
        public void forEachOf(Duration last, Cohort cohort, Consumer<Block> block) {}
      };

  /// Two who must not be paired, whichever of them asks, in this cohort and in older ones.
  record Block(Cohort cohort, Party by, Party whom) {}

  /// Kept when this returns; repeating changes nothing.
  ///
  /// @throws BlocksAway if it could not be kept now; it may be kept all the same
  void add(Block block);

  /// Hands over all that hold in one cohort, those of younger ones too: read when the pool lost its
  /// state.
  ///
  /// @throws BlocksAway if they cannot be read now; some may have been handed over
  void forEach(Cohort cohort, Consumer<Block> block);

  /// As [#forEach], of those alone that were added within the last while, by the clock of whoever
  /// keeps them: read when the pool may have lost what it took last.
  void forEachOf(Duration last, Cohort cohort, Consumer<Block> block);
}
