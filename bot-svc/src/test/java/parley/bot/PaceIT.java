package parley.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.proto.bot.v1.StepAsideRequest;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.EndReason;
import parley.testing.Counts;
import parley.testing.Eventually;

/// How long people wait for an AI peer, and how soon it stops, with a provider over HTTP: printed,
/// not judged, because machines differ. The bounds themselves are held by clocks that stand still,
/// in `TalkTest`.
class PaceIT {
  private static final int RUNS = Counts.of(5, 40);
  private static final int AT_ONCE = 5;
  private static final Pattern NUMBER = Pattern.compile("game (\\d+)");

  private final FakeProvider provider = new FakeProvider();
  private final RunningBot bot = new RunningBot();
  private final Map<Integer, Long> cutAt = new ConcurrentHashMap<>();

  enum Reason {
    WRITES_ON,
    LEAVES,
    SWITCHES
  }

  @BeforeEach
  void configure() {
    bot.with("provider.kind", "openai-compatible")
        .with("provider.base-url", provider.baseUrl())
        .with("provider.model", "m")
        .with("provider.words", "stay");
  }

  @AfterEach
  void close() {
    bot.close();
    provider.close();
  }

  @Test
  void whoAsksSeesWritingAndThenTheFirstSentence() {
    bot.with("conversations.gather", "700ms").with("conversations.gather-at-most", "3s");
    var _ = bot.start().house.sessionNode("session-1");
    List<Long> typing = new ArrayList<>();
    List<Long> sentence = new ArrayList<>();
    for (int first = 0; first < RUNS; first += AT_ONCE) {
      for (FakeSession session : conversations()) {
        int frames = session.frames.size();
        long asked = System.nanoTime();
        session.write("Tell me about games, please");
        Eventually.holds("it writes", () -> isTyping(session, frames));
        typing.add(System.nanoTime() - asked);
        session.awaitSaid(2);
        sentence.add(System.nanoTime() - asked);
        session.end(EndReason.END_REASON_LEFT);
      }
    }
    print("writing is shown", typing);
    print("first sentence", sentence);
    assertThat(typing).hasSize(RUNS);
  }

  private static boolean isTyping(FakeSession session, int from) {
    return session.frames.stream().skip(from).anyMatch(ClientFrame::hasTyping);
  }

  @ParameterizedTest
  @EnumSource
  void whatThePersonDoesCutsTheAnswerOnItsWay(Reason reason) {
    provider.answers(this::speaksUntilItIsCut);
    var _ = bot.start().house.sessionNode("session-1");
    List<Long> cut = new ArrayList<>();
    for (int first = 0; first < RUNS; first += AT_ONCE) {
      List<FakeSession> sessions = conversations();
      for (int i = 0; i < AT_ONCE; i++) {
        int number = first + i;
        FakeSession session = sessions.get(i);
        session.write("Tell me about game " + number);
        Eventually.holds("it is asked", () -> isAsked(number));
        long acted = System.nanoTime();
        act(reason).accept(session);
        Eventually.holds("the provider notices", () -> cutAt.containsKey(number));
        cut.add(Math.max(0, cutAt.get(number) - acted));
        if (reason != Reason.LEAVES) {
          session.end(EndReason.END_REASON_LEFT);
        }
      }
    }
    print("cut when a person " + reason, cut);
    assertThat(cut).hasSize(RUNS);
  }

  private Consumer<FakeSession> act(Reason reason) {
    return switch (reason) {
      case WRITES_ON -> session -> session.write("Are you human?"); // Answered by a rule.
      case LEAVES -> session -> session.end(EndReason.END_REASON_LEFT);
      case SWITCHES ->
          session -> {
            String id = session.enter().getSessionId();
            var _ = bot.calls().stepAside(StepAsideRequest.newBuilder().setSessionId(id).build());
          };
    };
  }

  private boolean isAsked(int number) {
    return provider.asked.stream().anyMatch(question -> number(question) == number);
  }

  /// A letter every few milliseconds: a broken connection is noticed by writing.
  private void speaksUntilItIsCut(FakeProvider.Exchange exchange) throws IOException {
    try {
      exchange.begin();
      for (int letter = 0; letter < 400; letter++) {
        exchange.words("a");
        exchange.pause(5);
      }
      exchange.ends();
    } catch (IOException cut) {
      cutAt.put(number(exchange.question()), System.nanoTime());
      throw cut;
    }
  }

  private static int number(String question) {
    Matcher asked = NUMBER.matcher(question);
    return asked.find() ? Integer.parseInt(asked.group(1)) : -1;
  }

  private List<FakeSession> conversations() {
    List<FakeSession> sessions = IntStream.range(0, AT_ONCE).mapToObj(_ -> bot.talk()).toList();
    sessions.forEach(session -> session.awaitSaid(1));
    return sessions;
  }

  private static void print(String what, List<Long> nanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    System.out.printf(
        "pace, %s: median %d ms, p99 %d ms, of %d%n",
        what,
        Duration.ofNanos(sorted.get(sorted.size() / 2)).toMillis(),
        Duration.ofNanos(sorted.get((sorted.size() * 99 - 1) / 100)).toMillis(),
        sorted.size());
  }
}
