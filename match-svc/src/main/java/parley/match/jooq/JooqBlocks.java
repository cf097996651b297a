package parley.match.jooq;

import static parley.tables.match.Tables.BLOCKS;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.ParticipantId;
import parley.match.core.Party;
import parley.match.core.port.Blocks;
import parley.match.core.port.BlocksAway;
import parley.platform.postgres.PostgresStore;
import parley.platform.postgres.PostgresUnavailable;
import parley.tables.match.tables.records.BlocksRecord;

/// Blocks in the table `match.blocks`.
public final class JooqBlocks implements Blocks {
  private static final int PAGE = 1_000;

  private final PostgresStore postgres;

  public JooqBlocks(PostgresStore postgres) {
    this.postgres = postgres;
  }

  @Override
  public void add(Block block) {
    BlocksRecord row = new BlocksRecord();
    row.setByParticipant(block.by().participant().bytes());
    row.setWhomParticipant(block.whom().participant().bytes());
    row.setByDevice(bytes(block.by().device()));
    row.setWhomDevice(bytes(block.whom().device()));
    row.setCohort(block.cohort().code());
    try {
      var _ =
          postgres.commit(dsl -> dsl.insertInto(BLOCKS).set(row).onConflictDoNothing().execute());
    } catch (PostgresUnavailable away) {
      throw new BlocksAway("a block could not be kept", away);
    }
  }

  /// Page by page, each a transaction of its own, in the order of the primary key.
  @Override
  public void forEach(Cohort cohort, Consumer<Block> block) {
    pages(cohort, DSL.noCondition(), List.of(), block);
  }

  /// As above, in the order in which they were added: found by the index on that.
  @Override
  public void forEachOf(Duration last, Cohort cohort, Consumer<Block> block) {
    var since =
        DSL.field(
            "now() - make_interval(secs => {0})",
            Instant.class, DSL.val((double) last.toSeconds()));
    pages(cohort, BLOCKS.AT.gt(since), List.of(BLOCKS.AT), block);
  }

  private void pages(
      Cohort cohort,
      Condition which,
      List<TableField<BlocksRecord, ?>> first,
      Consumer<Block> block) {
    List<TableField<BlocksRecord, ?>> order = new ArrayList<>(first);
    order.add(BLOCKS.BY_PARTICIPANT);
    order.add(BLOCKS.WHOM_PARTICIPANT);
    Condition left = which;
    while (true) {
      List<BlocksRecord> page = page(cohort, left, order);
      page.forEach(row -> block.accept(block(cohort, row)));
      if (page.size() < PAGE) {
        return;
      }
      left = which.and(DSL.row(order).gt(DSL.row(values(page.getLast(), order))));
    }
  }

  private static List<Field<?>> values(BlocksRecord row, List<TableField<BlocksRecord, ?>> fields) {
    return fields.stream().<Field<?>>map(field -> DSL.val(row.get(field), field)).toList();
  }

  private List<BlocksRecord> page(
      Cohort cohort, Condition which, List<TableField<BlocksRecord, ?>> order) {
    List<String> cohorts =
        EnumSet.range(Cohort.FROM_13, cohort).stream().map(Cohort::code).toList();
    try {
      return postgres.commit(
          dsl ->
              dsl.selectFrom(BLOCKS)
                  .where(BLOCKS.COHORT.in(cohorts))
                  .and(which)
                  .orderBy(order)
                  .limit(PAGE)
                  .fetch());
    } catch (PostgresUnavailable away) {
      throw new BlocksAway("blocks cannot be read", away);
    }
  }

  private static Block block(Cohort cohort, BlocksRecord row) {
    return new Block(
        cohort,
        party(row.getByParticipant(), row.getByDevice()),
        party(row.getWhomParticipant(), row.getWhomDevice()));
  }

  private static Party party(byte[] participant, byte @Nullable [] device) {
    return new Party(ParticipantId.of(participant), device == null ? null : DeviceId.of(device));
  }

  private static byte @Nullable [] bytes(@Nullable DeviceId device) {
    return device == null ? null : device.bytes();
  }
}
