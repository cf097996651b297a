package parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.backing.FreePort;
import parley.backing.PostgresOptions;
import parley.backing.PostgresServer;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;

/// PostgreSQL down, silent, full, and back: people talk on, and nothing that has to last is lost.
class ArchiveAwayIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final Sessions sessions = new Sessions();
  private final int port = FreePort.any();
  private PostgresServer postgres;
  private Lasting lasting;

  @BeforeEach
  void startPostgres() {
    postgres = PostgresServer.start(PostgresOptions.kept(folder, port));
    lasting = Lasting.on(postgres);
  }

  @AfterEach
  void close() {
    sessions.close();
    postgres.close();
  }

  @Test
  void killedAndStartedAgain() {
    SessionNode one = node("session-1");
    SessionNode two = node("session-2");
    Talk before = meet(one, two);
    postgres.kill();
    Talk meanwhile = meet(two, one);
    before.ann().leave();
    meanwhile.ann().leave();
    Eventually.holds(
        "a node tried in vain",
        PATIENCE,
        () -> failures(one) + failures(two) > 0 && Lasting.waiting(sessions) >= 3);

    postgres = PostgresServer.start(PostgresOptions.kept(folder, port));

    awaitKept(before, meanwhile);
  }

  @Test
  void neverThereWhenNodesStart() {
    postgres.kill();
    SessionNode one = node("session-1");
    Talk talk = meet(one, one);
    talk.ann().leave();
    postgres = PostgresServer.start(PostgresOptions.kept(folder, port));
    awaitKept(talk);
  }

  @Test
  void silent() {
    SessionNode one = node("session-1");
    postgres.freeze();
    Talk talk = meet(one, one);
    talk.ann().leave();
    Eventually.holds("a node tried in vain", PATIENCE, () -> failures(one) > 0);
    Eventually.holds("both entries wait", () -> Lasting.waiting(sessions) == 2);
    postgres.thaw();
    awaitKept(talk);
  }

  @Test
  void full() {
    lasting
        .database()
        .execute(
            """
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON session.members FOR EACH ROW EXECUTE FUNCTION full_disk()
            """);
    SessionNode one = node("session-1");
    Talk talk = meet(one, one);
    talk.ann().leave();
    Eventually.holds("a node tried in vain", PATIENCE, () -> failures(one) > 0);
    assertThat(lasting.database().ask("SELECT count(*) FROM session.sessions"))
        .as("nothing is kept by halves")
        .containsExactly("0");
    Eventually.holds("both entries wait", () -> Lasting.waiting(sessions) == 2);
    lasting.database().execute("DROP TRIGGER full_disk ON session.members");
    awaitKept(talk);
  }

  private void awaitKept(Talk... talks) {
    for (Talk talk : talks) {
      Eventually.holds(
          "it is closed there",
          PATIENCE,
          () -> lasting.rows(talk.pair()).equals(List.of("left 1 2")));
    }
    Eventually.holds("the outboxes are empty", PATIENCE, () -> Lasting.waiting(sessions) == 0);
  }

  /// Two enter and talk.
  private Talk meet(SessionNode one, SessionNode two) {
    Pair pair = sessions.pair();
    Member ann = sessions.member(pair, pair.first(), one, Face.NATIVE).entered();
    Member bob = sessions.member(pair, pair.second(), two, Face.WEB).entered();
    ann.text(1, "hello");
    Eventually.holds("hello was heard", () -> bob.heard().contains("hello"));
    return new Talk(pair, ann);
  }

  private record Talk(Pair pair, Member ann) {}

  private double failures(SessionNode node) {
    return sessions.counted(node, "parley.session.archive.failures");
  }

  private SessionNode node(String id) {
    return sessions.node(id, lasting.settings());
  }
}
