package parley.match.core;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import parley.domain.Cohort;
import parley.match.core.port.BlockBacklog;
import parley.match.core.port.Blocks;
import parley.match.core.port.BlocksAway;

/// Blocks that are kept even while their archive is away: in the backlog then, which is brought
/// over as soon as it is back. Only the loss of both at once loses a block. Thread-safe.
public final class LastingBlocks implements Blocks {
  private static final int PAGE = 200;

  private final Blocks archive;
  private final BlockBacklog backlog;
  private volatile boolean away;

  public LastingBlocks(Blocks archive, BlockBacklog backlog) {
    this.archive = archive;
    this.backlog = backlog;
  }

  /// While the archive is known to be away nobody waits for it.
  @Override
  public void add(Block block) {
    if (away) {
      backlog.put(block);
      return;
    }
    try {
      archive.add(block);
    } catch (BlocksAway now) {
      away = true;
      backlog.put(block);
    }
  }

  @Override
  public void forEach(Cohort cohort, Consumer<Block> block) {
    archive.forEach(cohort, block);
  }

  @Override
  public void forEachOf(Duration last, Cohort cohort, Consumer<Block> block) {
    archive.forEachOf(last, cohort, block);
  }

  /// Brings over what waits.
  ///
  /// @return how many that were
  /// @throws BlocksAway if the archive is still away; what was not brought over waits on
  public int bringOver(Cohort cohort) {
    int brought = 0;
    while (true) {
      List<BlockBacklog.Waiting> page = backlog.oldest(cohort, PAGE);
      for (BlockBacklog.Waiting waiting : page) {
        archive.add(waiting.block());
        backlog.remove(cohort, List.of(waiting.id()));
      }
      away = false;
      brought += page.size();
      if (page.size() < PAGE) {
        return brought;
      }
    }
  }

  /// Whether blocks go to the backlog now.
  public boolean away() {
    return away;
  }
}
