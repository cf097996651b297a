package parley.match.jooq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.NodeId;
import parley.domain.ParticipantId;
import parley.match.core.Party;
import parley.match.core.port.Blocks.Block;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.NodeContext;
import parley.platform.postgres.PostgresConfig;
import parley.platform.postgres.PostgresStore;
import parley.schema.Keeping;
import parley.schema.Upkeep;
import parley.testing.Eventually;
import parley.testing.TestDatabase;
import parley.testing.TestPostgres;

/// What the truth of blocks promises, against a real PostgreSQL.
class JooqBlocksIT {
  private static final RandomGenerator RANDOM = RandomGenerator.getDefault();

  private final TestDatabase database =
      TestPostgres.from("migrated", template -> Upkeep.run(config(template), Keeping.DEFAULTS));
  private final PostgresStore store =
      PostgresStore.open(config(database), NodeContext.of(new NodeId("match-1")));
  private final JooqBlocks blocks = new JooqBlocks(store);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatWasAddedIsHandedOverAlsoWithoutDevices() {
    Block one = new Block(Cohort.ADULT, party(), new Party(ParticipantId.random(RANDOM), null));
    Block other = new Block(Cohort.FROM_16, party(), party());
    Stream.of(one, other, one).forEach(blocks::add);
    assertThat(all(Cohort.ADULT)).as("people grow older").hasSize(2).contains(one);
    assertThat(all(Cohort.FROM_16)).containsExactly(other);
    assertThat(all(Cohort.FROM_13)).isEmpty();
  }

  @Test
  void manyPagesAreHandedOverOnceEachAndFoundByTheirIndex() {
    database.execute(
        """
        INSERT INTO match.blocks (by_participant, whom_participant, cohort)
        SELECT decode(lpad(to_hex(n % 7), 16, '0'), 'hex'), decode(lpad(to_hex(n), 16, '0'), 'hex'), CASE WHEN n % 10 < 3 THEN '16' ELSE '18' END
        FROM generate_series(1, 100000) AS n;
        ANALYZE match.blocks
        """);
    long before = scans("seq_scan");
    List<Block> found = all(Cohort.FROM_16);
    assertThat(found).hasSize(30_000).doesNotHaveDuplicates();
    store.close();
    Eventually.holds("the server counted", () -> scans("idx_scan") >= 31);
    assertThat(scans("seq_scan")).isEqualTo(before);
  }

  @Test
  void thoseOfLatelyAreHandedOverOnceEachAndFoundByTheirIndex() {
    database.execute(
        """
        INSERT INTO match.blocks (by_participant, whom_participant, cohort, at)
        SELECT decode(lpad(to_hex(n % 7), 16, '0'), 'hex'), decode(lpad(to_hex(n), 16, '0'), 'hex'), '18', now() - CASE WHEN n % 40 = 0 THEN interval '1 minute' ELSE n * interval '20 minutes' END
        FROM generate_series(1, 100000) AS n;
        ANALYZE match.blocks
        """);
    long before = scans("seq_scan");
    List<Block> found = new ArrayList<>();
    blocks.forEachOf(Duration.ofMinutes(10), Cohort.ADULT, found::add);
    assertThat(found).hasSize(2_500).doesNotHaveDuplicates();
    store.close();
    Eventually.holds("the server counted", () -> scans("idx_scan") >= 3);
    assertThat(scans("seq_scan")).isEqualTo(before);
  }

  private List<Block> all(Cohort cohort) {
    List<Block> found = new ArrayList<>();
    blocks.forEach(cohort, found::add);
    return found;
  }

  private long scans(String how) {
    return Long.parseLong(
        database
            .ask("SELECT " + how + " FROM pg_stat_user_tables WHERE relname = 'blocks'")
            .getFirst());
  }

  private static Party party() {
    return new Party(ParticipantId.random(RANDOM), DeviceId.random(RANDOM));
  }

  private static PostgresConfig config(TestDatabase database) {
    return new PostgresConfig(
        HostPort.parse(database.address()),
        database.name(),
        database.role(),
        database.passwordFile(),
        2,
        Duration.ofSeconds(5));
  }
}
