package parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.proto.domain.v1.MemberKind;
import parley.proto.match.v1.AiWelcome;
import parley.proto.match.v1.KeepWaitingRequest;

/// A script that meets an AI, over a real socket to a fake server.
class AiChatIT {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final FakeAi ai = new FakeAi();
  private FakeParley server;

  @BeforeEach
  void open() throws IOException {
    server = new FakeParley(ai);
    server.kind = MemberKind.MEMBER_KIND_AI;
    server.onAnswer = ai::answered;
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void whoTalksWithAnAiIsToldSoFirst() {
    assertThat(chat("hello\n")).isZero();
    assertThat(line("matched").get("peer").getAsString()).isEqualTo("ai");
    assertThat(line("matched").get("keeps_looking").getAsBoolean()).isTrue();
    assertThat(events()).containsSubsequence("matched", "entered", "disclosure", "stored");
    assertThat(line("disclosure").get("text").getAsString()).isEqualTo("I am an AI");
    assertThat(server.wishes.getFirst().getAiWelcome()).isEqualTo(AiWelcome.AI_WELCOME_MEANWHILE);
  }

  @Test
  void whoSwitchesTalksWithThePersonNext() {
    assertThat(chat("person\n/switch\nhello\n/quit\n")).isZero();
    assertThat(events())
        .containsSubsequence(
            "disclosure", "proposal", "switched", "entered", "stored", "end", "exit");
    assertThat(line("proposal").get("answer_ms").getAsLong()).isEqualTo(8_000);
    assertThat(line("switched").get("peer").getAsString()).isEqualTo("person");
    assertThat(events()).filteredOn("disclosure"::equals).hasSize(1);
    assertThat(ai.entries).hasSize(2);
    assertThat(ai.entries.getLast().getSessionId()).isEqualTo("h".repeat(22));
    assertThat(ai.entries.getLast().getInboxPosition().getOffset()).isEqualTo(2);
    assertThat(server.searches).hasSize(1);
    assertThat(server.cancelled).as("the ticket has met").isEmpty();
  }

  @Test
  void whoStaysGoesOnWithTheAi() {
    assertThat(chat("person\n/stay\nhello\n")).isZero();
    assertThat(line("withdrawn").get("lookout").getAsString()).isEqualTo("kept");
    assertThat(events()).containsSubsequence("proposal", "withdrawn", "stored", "end");
    assertThat(events()).doesNotContain("switched");
    assertThat(ai.entries).hasSize(1);
  }

  @Test
  void whoseAiIsLostIsBackInLineWithTheTicket() {
    assertThat(chat("gone\n/quit\n")).isZero();
    assertThat(events()).containsSubsequence("end", "accepted", "matched", "entered");
    assertThat(line("end").get("next").getAsString()).isEqualTo("start_over");
    assertThat(server.searches.get(1).getTicketId()).isEqualTo("t".repeat(22));
  }

  @Test
  void whoseAiSaysGoodbyeIsBackInLineIfSomebodyIsLookedFor() {
    assertThat(chat("goodbye\n/quit\n")).isZero();
    assertThat(server.searches.get(1).getTicketId()).isEqualTo("t".repeat(22));
  }

  @Test
  void whetherAPersonMayComeIsSaidWhileTalking() {
    assertThat(chat("/just-us\n/keep-looking\nhello\n", "--linger", "0.5")).isZero();
    assertThat(server.kept)
        .extracting(KeepWaitingRequest::getAiWelcome)
        .contains(AiWelcome.AI_WELCOME_INSTEAD, AiWelcome.AI_WELCOME_MEANWHILE);
    assertThat(events()).contains("lookout");
  }

  @Test
  void whoQuitsIsNotToBeFoundAnyMore() {
    assertThat(chat("hello\n/quit\n")).isZero();
    assertThat(server.cancelled).hasSize(1);
  }

  @Test
  void whoWantsNoPersonMeanwhileSaysSo() {
    assertThat(chat("/quit\n", "--ai", "instead")).isZero();
    assertThat(chat("/quit\n", "--ai", "never")).isZero();
    assertThat(server.wishes)
        .extracting(wish -> wish.getAiWelcome())
        .containsExactly(AiWelcome.AI_WELCOME_INSTEAD, AiWelcome.AI_WELCOME_NEVER);
  }

  private int chat(String input, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("--server", server.address(), "--json", "--born", "1990", "--accept-terms"));
    args.addAll(List.of(more));
    return ChatProgram.run(
        args.toArray(String[]::new),
        new Streams(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            System.err));
  }

  private List<JsonObject> lines() {
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  private List<String> events() {
    return lines().stream().map(line -> line.get("event").getAsString()).toList();
  }

  private JsonObject line(String event) {
    return lines().stream()
        .filter(line -> line.get("event").getAsString().equals(event))
        .findFirst()
        .orElseThrow(() -> new AssertionError(event + " is not among " + events()));
  }
}
