package parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.proto.domain.v1.Gender;
import parley.proto.match.v1.AiWelcome;
import parley.proto.match.v1.Level;
import parley.proto.session.v1.ReadReceipts;
import parley.proto.session.v1.ReportReason;

class JsonChatIT {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private FakeParley server;

  @BeforeEach
  void open() throws IOException {
    server = new FakeParley();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aScriptMeetsTalksAndLeaves() {
    assertThat(chat("hello\n/quit\n")).isZero();
    List<String> events = events();
    assertThat(events)
        .startsWith("guest", "accepted", "waiting", "matched", "entered", "stored")
        .endsWith("end", "exit");
    assertThat(line("stored").get("text").getAsString()).isEqualTo("hello");
    assertThat(line("waiting").get("level").getAsString()).isEqualTo("anyone");
    assertThat(line("waiting").get("place").getAsInt()).isEqualTo(1);
    assertThat(line("end").get("reason").getAsString()).isEqualTo("you_left");
    assertThat(line("exit").get("code").getAsInt()).isZero();
    assertThat(lines())
        .allSatisfy(line -> assertThat(Instant.parse(line.get("time").getAsString())).isNotNull());
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void whatIsSoughtReachesTheServer() {
    assertThat(
            chat(
                "/quit\n",
                "--as",
                "woman",
                "--seeking",
                "man,woman",
                "--tags",
                "chess, tea",
                "--languages",
                "en,pt-BR",
                "--intent",
                "friends",
                "--relax-to",
                "language",
                "--no-ai"))
        .isZero();
    var wish = server.wishes.getFirst();
    assertThat(wish.getSeekingList()).containsExactly(Gender.GENDER_MAN, Gender.GENDER_WOMAN);
    assertThat(wish.getTagsList()).containsExactly("chess", "tea");
    assertThat(wish.getIntent()).isEqualTo("friends");
    assertThat(wish.getWidestLevel()).isEqualTo(Level.LEVEL_SAME_LANGUAGE);
    assertThat(wish.getLanguagesList()).containsExactly("en", "pt-BR");
    assertThat(wish.getAiWelcome()).isEqualTo(AiWelcome.AI_WELCOME_NEVER);
  }

  @Test
  void theEndOfInputIsFollowedByLeaving() {
    assertThat(chat("one\ntwo\n")).isZero();
    assertThat(line("end").get("reason").getAsString()).isEqualTo("you_left");
    assertThat(events()).filteredOn("stored"::equals).hasSize(2);
  }

  @Test
  void lingeringReceivesWhatComesLater() {
    assertThat(chat("later\n", "--linger", "30")).isZero();
    assertThat(line("message").get("text").getAsString()).isEqualTo("now");
    assertThat(line("end").get("reason").getAsString()).isEqualTo("left");
  }

  @Test
  void aPeerThatLeavesIsTheEndAlsoWhenInputGoesOn() throws IOException {
    try (PipedOutputStream writing = new PipedOutputStream();
        PipedInputStream reading = new PipedInputStream(writing)) {
      writing.write("bye\n".getBytes(StandardCharsets.UTF_8));
      assertThat(chat(reading)).isZero();
    }
    assertThat(line("end").get("reason").getAsString()).isEqualTo("left");
  }

  @Test
  void nextMeetsAnotherAndWhatFollowsIsSaidToThem() {
    assertThat(chat("one\n/next\ntwo\n/quit\n")).isZero();
    assertThat(server.wishes).hasSize(2);
    assertThat(events()).filteredOn("entered"::equals).hasSize(2);
    List<String> stored =
        lines().stream()
            .filter(line -> line.get("event").getAsString().equals("stored"))
            .map(line -> line.get("text").getAsString())
            .toList();
    assertThat(stored).containsExactly("one", "two");
  }

  @Test
  void aTextThatIsRefusedIsTold() {
    assertThat(chat("long\n")).isZero();
    assertThat(line("not_sent").get("reason").getAsString()).isEqualTo("too_long");
  }

  @Test
  void twoSlashesSayOneAndAnUnknownCommandIsAHint() {
    assertThat(chat("//shrug\n/dance\n/help\n", "--linger", "0.2")).isZero();
    assertThat(line("stored").get("text").getAsString()).isEqualTo("/shrug");
    assertThat(line("hint").get("text").getAsString()).contains("/dance", "/help");
    assertThat(events()).contains("help");
  }

  @Test
  void writingIsShownToThePeer() {
    assertThat(chat("/typing\n", "--linger", "0.3")).isZero();
    assertThat(line("typing").get("member").getAsInt()).isEqualTo(2);
  }

  @Test
  void charactersWithPowerOverTheScreenAreEscaped() {
    assertThat(chat("bell\n", "--linger", "0.3")).isZero();
    assertThat(line("message").get("text").getAsString()).isEqualTo("\u001b[31m\u0007ding\u202e");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\\u001b", "\\u0007", "\\u202e")
        .doesNotContain("\u001b", "\u0007", "\u202e");
  }

  @Test
  void whoIsFoundAfterGivingUpIsNotEntered() {
    server.somebodyIsThere = false;
    server.somebodyComesTooLate = true;
    assertThat(chat("hello\n", "--wait", "0.2")).isEqualTo(3);
    assertThat(events()).doesNotContain("entered").endsWith("nobody", "exit");
  }

  @Test
  void whatIsShownIsReadAndWhatThePeerReadIsTold() {
    assertThat(chat("hello\n", "--linger", "1")).isZero();
    assertThat(line("receipt").get("read").getAsInt()).isEqualTo(1);
    assertThat(server.peer.receipts)
        .last()
        .satisfies(receipt -> assertThat(receipt.getReadOffset()).isEqualTo(2));
    assertThat(server.peer.entries.getFirst().getReadReceipts())
        .isEqualTo(ReadReceipts.READ_RECEIPTS_SHOWN);
  }

  @Test
  void whoHidesWhatTheyReadSaysSoWhenEntering() {
    assertThat(chat("hello\n/quit\n", "--hide-read")).isZero();
    assertThat(server.peer.entries.getFirst().getReadReceipts())
        .isEqualTo(ReadReceipts.READ_RECEIPTS_HIDDEN);
  }

  @Test
  void aBlockIsAnsweredThoughTheEndComesFirst() {
    assertThat(chat("hello\n/block\nnobody hears this\n")).isZero();
    assertThat(line("blocked").get("answer").getAsString()).isEqualTo("blocked");
    assertThat(events()).filteredOn("stored"::equals).hasSize(1);
    assertThat(events()).endsWith("blocked", "exit");
  }

  @Test
  void aReportCarriesReasonAndWordsAlsoAfterTheEnd() {
    assertThat(chat("bye\n/report boring\n/report spam too many ads\n")).isZero();
    assertThat(line("reported").get("answer").getAsString()).isEqualTo("reported");
    assertThat(line("hint").get("text").getAsString()).contains("'boring'", "harassment");
    assertThat(server.peer.reports).hasSize(1);
    var report = server.peer.reports.getFirst();
    assertThat(report.getMemberId()).isEqualTo(2);
    assertThat(report.getReason()).isEqualTo(ReportReason.REPORT_REASON_SPAM);
    assertThat(report.getComment()).isEqualTo("too many ads");
  }

  @Test
  void whatWasSaidIsReadPageByPage() {
    assertThat(chat("/history more\n/history\n/history more\n/history more\n/quit\n")).isZero();
    List<JsonObject> pages =
        lines().stream().filter(l -> l.get("event").getAsString().equals("history")).toList();
    assertThat(pages).hasSize(2);
    assertThat(pages.getFirst().get("older").getAsBoolean()).isTrue();
    assertThat(pages.getFirst().getAsJsonArray("said").get(0).getAsJsonObject().get("text"))
        .hasToString("\"newest\"");
    assertThat(pages.getLast().get("older").getAsBoolean()).isFalse();
    assertThat(server.peer.cursors).containsExactly("", "back");
    assertThat(events()).filteredOn("hint"::equals).as("nothing is older").hasSize(2);
  }

  @Test
  void nobodyWithinTheWaitIsThree() {
    server.somebodyIsThere = false;
    assertThat(chat("hello\n", "--wait", "0.2")).isEqualTo(3);
    assertThat(events()).endsWith("search_over", "nobody", "exit");
  }

  @Test
  void quittingBeforeAnybodyCameIsClean() {
    server.somebodyIsThere = false;
    assertThat(chat("/quit\n")).isZero();
  }

  @Test
  void aRefusalIsFour() {
    server.tooYoung = true;
    assertThat(chat("hello\n")).isEqualTo(4);
    assertThat(line("refused").get("text").getAsString()).contains("18");
  }

  @Test
  void aServerThatIsNotThereIsOne() {
    server.close();
    assertThat(chat("hello\n")).isEqualTo(1);
    assertThat(line("refused").get("text").getAsString()).contains(server.address());
  }

  @Test
  void termsThatAreNotAcceptedAreARefusal() {
    assertThat(
            ChatProgram.run(
                new String[] {"--json", "--server", server.address(), "--born", "1990"},
                streams(InputStream.nullInputStream())))
        .isEqualTo(4);
    assertThat(line("refused").get("text").getAsString()).contains("'v1'");
  }

  private int chat(String input, String... more) {
    return chat(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), more);
  }

  private int chat(InputStream input, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("--json", "--server", server.address(), "--born", "1990", "--accept-terms"));
    args.addAll(List.of(more));
    return ChatProgram.run(args.toArray(String[]::new), streams(input));
  }

  private Streams streams(InputStream input) {
    return new Streams(
        input,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
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
        .orElseThrow(() -> new AssertionError("no '" + event + "' in " + lines()));
  }
}
