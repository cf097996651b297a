package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.client.call.Face;
import parley.client.conversation.ConversationEvent;
import parley.local.LocalMachine;
import parley.local.LocalPostgres;
import parley.local.Progress;
import parley.testing.Eventually;
import parley.testing.TestDatabase;

class LastingStory {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void postgresGoesAndComesAndNobodyNoticesAndNothingIsLost() {
    try (LocalMachine machine = LocalMachine.start(SharedMachine.plan(), Progress.SILENT);
        Pair before = Pair.meet(machine.door(), Face.NATIVE, Face.WEB)) {
      machine.postgres().server().orElseThrow().kill();
      try (Pair meanwhile = Pair.meet(machine.door(), Face.WEB, Face.NATIVE)) {
        talk(before, "canary one");
        talk(meanwhile, "canary two");
        before.first().leave();
        meanwhile.second().leave();
        before.second().heard().await("the talk is over", ConversationEvent.Ended.class);
        meanwhile.first().heard().await("the talk is over", ConversationEvent.Ended.class);
        assertThat(before.wasQuiet() && meanwhile.wasQuiet()).isTrue();
      }

      machine.postgres().start();

      Eventually.holds(
          "both talks are written down, with all four who talked",
          PATIENCE,
          () -> ended(machine.postgres()).equals(List.of("left 1 2", "left 2 2")));
      TestDatabase database = database(machine.postgres());
      for (String table : database.tables()) {
        assertThat(database.dump(table)).doesNotContain("canary");
      }
    }
  }

  private static void talk(Pair pair, String word) {
    pair.first().say(word);
    pair.awaitDelivered(pair.first(), pair.second(), 1);
    pair.second().say(word);
    pair.awaitDelivered(pair.second(), pair.first(), 1);
  }

  private static List<String> ended(LocalPostgres postgres) {
    return database(postgres)
        .ask(
            "SELECT concat_ws(' ', why, closed_by, (SELECT count(*) FROM session.members WHERE"
                + " session = id)) FROM session.sessions ORDER BY 1");
  }

  private static TestDatabase database(LocalPostgres postgres) {
    return new TestDatabase(postgres.server().orElseThrow(), "parley");
  }
}
