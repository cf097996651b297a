package parley.session.jooq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.CorrelationId;
import parley.domain.DeviceId;
import parley.domain.MemberKind;
import parley.domain.Mode;
import parley.domain.NodeId;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.NodeContext;
import parley.platform.postgres.PostgresConfig;
import parley.platform.postgres.PostgresStore;
import parley.relay.Who;
import parley.schema.Keeping;
import parley.schema.Upkeep;
import parley.session.core.About;
import parley.session.core.LastingSession;
import parley.session.core.LastingSession.End;
import parley.session.core.port.ArchiveRefusal;
import parley.testing.TestDatabase;
import parley.testing.TestPostgres;

/// What the archive promises, against a real PostgreSQL.
class JooqArchiveIT {
  private static final RandomGenerator RANDOM = RandomGenerator.getDefault();

  private final Instant made = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final End end = new End(made.plusSeconds(90), "left", 2);
  private final TestDatabase database =
      TestPostgres.from("migrated", template -> Upkeep.run(config(template), Keeping.DEFAULTS));
  private final PostgresStore store =
      PostgresStore.open(config(database), NodeContext.of(new NodeId("session-1")));
  private final JooqArchive archive =
      new JooqArchive(store, new WeekRoom(config(database), Keeping.DEFAULTS));
  private final SessionId id = SessionId.random(RANDOM);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void repeatingChangesNothing() {
    SessionId other = SessionId.random(RANDOM);
    for (int times = 0; times < 3; times++) {
      archive.keepSessions(List.of(session(id, null), session(other, end)));
    }
    assertThat(rows()).containsExactly("00:01:30 left 2", "nothing");
    assertThat(database.ask("SELECT count(*) FROM session.members")).containsExactly("4");
  }

  @Test
  void howItEndedIsAddedAndThenStands() {
    archive.keepSessions(List.of(session(id, null)));
    archive.keepSessions(List.of(session(id, end)));
    assertThat(rows()).containsExactly("00:01:30 left 2");
    archive.keepSessions(List.of(session(id, null)));
    archive.keepSessions(List.of(session(id, new End(made.plusSeconds(99), "lost", 1))));
    assertThat(rows()).containsExactly("00:01:30 left 2");
  }

  @Test
  void allOfThemOrNone() {
    LastingSession never = session(SessionId.random(RANDOM), new End(made, "no\0text", 1));
    assertThatThrownBy(() -> archive.keepSessions(List.of(session(id, end), never)))
        .isInstanceOf(ArchiveRefusal.class)
        .hasMessageNotContaining("text");
    assertThat(rows()).isEmpty();
  }

  @Test
  void rowsOfLongAgoGetRoom() {
    Instant longAgo = made.minus(Duration.ofDays(400));
    archive.keepSessions(List.of(new LastingSession(id, longAgo, about(), Map.of(1, who()), end)));
    assertThat(
            database.ask(
                "SELECT opened = to_timestamp(%s / 1000.0) FROM session.sessions"
                    .formatted(longAgo.toEpochMilli())))
        .containsExactly("t");
  }

  @Test
  void aFullPageIsOneTransaction() {
    archive.keepSessions(
        IntStream.range(0, 100).mapToObj(_ -> session(SessionId.random(RANDOM), end)).toList());
    assertThat(database.ask("SELECT count(DISTINCT xmin::text) FROM session.sessions"))
        .containsExactly("1");
    assertThat(database.ask("SELECT count(*) FROM session.members")).containsExactly("200");
  }

  private List<String> rows() {
    return database
        .ask(
            "SELECT coalesce(concat_ws(' ', lasted, why, closed_by), '') FROM session.sessions"
                + " ORDER BY 1 DESC")
        .stream()
        .map(row -> row.isEmpty() ? "nothing" : row)
        .toList();
  }

  private LastingSession session(SessionId id, @Nullable End how) {
    return new LastingSession(id, made, about(), Map.of(1, who(), 2, who()), how);
  }

  private static About about() {
    return new About(
        Mode.TEXT,
        Cohort.ADULT,
        List.of(MemberKind.PERSON, MemberKind.PERSON),
        CorrelationId.random(RANDOM));
  }

  private static Who who() {
    return new Who(ParticipantId.random(RANDOM), DeviceId.random(RANDOM));
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
