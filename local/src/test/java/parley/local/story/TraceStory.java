package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.client.call.Face;
import parley.client.conversation.ConversationEvent;
import parley.local.UpProcess;
import parley.testing.Eventually;

/// What an operator finds in the logs of a running machine by one id.
class TraceStory {
  private static final String WORDS = "nobody else reads this";

  /// Envoy writes its lines every ten seconds.
  private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void oneIdLeadsFromTheGuestThroughAllServicesToTheEnd() {
    try (UpProcess up = UpProcess.start(folder);
        Person waiting = arrive(up, Face.WEB).seekAndWait();
        Person arriving = arrive(up, Face.NATIVE).seek()) {
      waiting.enter();
      arriving.enter();
      waiting.say(WORDS);
      arriving.heard().await("the words", ConversationEvent.Message.class);
      arriving.leave();
      waiting.heard().await("the end", ConversationEvent.Ended.class);
      awaitWords(up, arriving.correlation(), "left");
      awaitWords(up, waiting.correlation(), "closed");

      assertThat(words(up, "correlation", arriving.correlation()))
          .containsSubsequence("guest made", "ticket made", "matched", "entered", "left");
      assertThat(words(up, "correlation", waiting.correlation()))
          .containsSubsequence("guest made", "ticket made", "matched", "entered", "closed");
      assertThat(words(up, "match", arriving.correlation()))
          .as("both members' lines, by the id of who arrived")
          .containsOnlyOnce("left")
          .filteredOn(word -> word.equals("matched") || word.equals("entered"))
          .containsExactly("matched", "matched", "entered", "entered");
      awaitCalls(up, arriving, "CreateGuest", "FindPeer", "Converse");
      awaitCalls(up, waiting, "CreateGuest", "FindPeer", "Open", "Send");
      String first = waiting.correlation();
      waiting.seekAndWait();
      awaitWords(up, waiting.correlation(), "ticket made");
      assertThat(words(up, "correlation", waiting.correlation())).containsExactly("ticket made");
      assertThat(waiting.correlation()).as("a later search has its own").isNotEqualTo(first);
      assertNoSecrets(up, waiting, arriving);
    }
  }

  private static Person arrive(UpProcess up, Face face) {
    return Person.arrive(up.door(), face, Wishes.anyone("trace"));
  }

  /// What the services say in lines that have this id, in the order they said it.
  private static List<String> words(UpProcess up, String name, String id) {
    return lines(up.log(), line -> has(line, name, id)).stream()
        .map(line -> line.get("message").getAsString())
        .toList();
  }

  /// Lines are written aside, a little after what they tell of.
  private static void awaitWords(UpProcess up, String id, String word) {
    Eventually.holds(
        "a line that says '" + word + "'",
        WRITTEN_WITHIN,
        () -> words(up, "correlation", id).contains(word));
  }

  private static void awaitCalls(UpProcess up, Person person, String... calls) {
    Eventually.holds(
        "the door's lines of " + List.of(calls),
        WRITTEN_WITHIN,
        () ->
            lines(up.doorLog(), line -> has(line, "correlation", person.correlation())).stream()
                .map(line -> line.get("call").getAsString())
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .toList()
                .containsAll(List.of(calls)));
  }

  private static void assertNoSecrets(UpProcess up, Person... people) {
    for (Path log : List.of(up.log(), up.doorLog())) {
      String said = read(log);
      assertThat(said).doesNotContain(WORDS);
      for (Person person : people) {
        assertThat(said)
            .doesNotContain(person.identity().accessToken().text())
            .doesNotContain(person.identity().refreshToken());
      }
    }
  }

  private static boolean has(JsonObject line, String name, String id) {
    return line.has(name) && line.get(name).getAsString().equals(id);
  }

  private static List<JsonObject> lines(Path log, Predicate<JsonObject> wanted) {
    return read(log)
        .lines()
        .filter(line -> line.startsWith("{") && line.endsWith("}"))
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .filter(wanted)
        .toList();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
