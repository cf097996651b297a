package parley.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parley.bot.core.Fault;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.FixedLine;
import parley.bot.core.conduct.Reviewed;
import parley.bot.core.conduct.Tongue;
import parley.proto.session.v1.EndReason;
import parley.testing.Eventually;

/// A whole node, with a provider that breaks: whatever it does, every conversation hears an honest
/// line and goes on, and the fault is counted.
class ProviderFaultsIT {
  private static final int RUNS = 20;
  private static final Conduct CONDUCT = Conduct.load();
  private static final Tongue ENGLISH = new Tongue("en", "");
  private static final String HONEST = CONDUCT.line(FixedLine.PROVIDER_FAILED, ENGLISH, 1);

  private final FakeProvider provider = new FakeProvider();
  private final RunningBot bot = new RunningBot();

  @AfterEach
  void close() {
    bot.close();
    provider.close();
  }

  static Stream<Arguments> faults() {
    return Stream.of(withoutAWord(), inTheMiddle(), whatIsNoAnswer()).flatMap(faults -> faults);
  }

  private static Stream<Arguments> withoutAWord() {
    return Stream.of(
        fault(Fault.KEY_REFUSED, exchange -> exchange.status(401)),
        fault(Fault.RATE_LIMITED, exchange -> exchange.status(429)),
        fault(Fault.BROKEN, exchange -> exchange.status(500)),
        fault(Fault.SILENT, FakeProvider.Exchange::hangs));
  }

  private static Stream<Arguments> inTheMiddle() {
    return Stream.of(
        fault(
            Fault.STALLED,
            exchange -> {
              exchange.begin();
              exchange.words("It is good to hear from you. And now");
              exchange.hangs();
            }),
        fault(
            Fault.CUT,
            exchange -> {
              exchange.begin();
              exchange.words("It is good to hear from you. And then");
            }),
        fault(
            Fault.ERROR_IN_STREAM,
            exchange -> {
              exchange.begin();
              exchange.words("It is good ");
              exchange.event("{\"error\":{\"message\":\"out of memory\"}}");
              exchange.words("to hear from you. And");
              exchange.ends();
            }),
        fault(
            Fault.MALFORMED,
            exchange -> {
              exchange.begin();
              exchange.event("{\"choices\":[{\"delta\":{\"content\":");
              exchange.ends();
            }));
  }

  private static Stream<Arguments> whatIsNoAnswer() {
    return Stream.of(
        fault(
            Fault.EMPTY,
            exchange -> {
              exchange.begin();
              exchange.ends();
            }),
        fault(
            Fault.ENDLESS,
            exchange -> {
              exchange.begin();
              for (int word = 0; word < 100_000; word++) {
                exchange.words("word" + word + (word % 7 == 6 ? ". And " : " "));
              }
            }),
        fault(
            Fault.TOO_SLOW,
            exchange -> {
              exchange.begin();
              for (int word = 0; word < 100; word++) {
                exchange.words("a");
                exchange.pause(100);
              }
            }),
        fault(
            Fault.OTHER_LANGUAGE,
            exchange -> exchange.says("Das ist nicht die Frage, ", "und ich weiß es auch nicht.")),
        fault(
            Fault.REPEATS,
            exchange ->
                exchange.says(
                    "I like that very much. ", "I like that very much. ", "I like that ")),
        fault(
            Fault.HUGE,
            exchange -> {
              exchange.begin();
              exchange.words("x".repeat(3_000_000));
              exchange.ends();
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void everyFaultIsCountedAndHonestlySaidAndNobodyIsStuck(Fault fault, FakeProvider.Answer how) {
    provider.answers(how);
    hurry(fault);
    start(provider.baseUrl());

    List<FakeSession> sessions = everybodyAsks();

    sessions.forEach(
        session -> Eventually.holds("an honest line is said", () -> session.said.contains(HONEST)));
    assertThat(counted(fault)).isPositive();
    everybodyLeaves(sessions);
  }

  @Test
  void whoIsNotThereAtAllIsHonestlySaidToo() {
    String nobody = provider.baseUrl();
    provider.close();
    start(nobody);

    List<FakeSession> sessions = everybodyAsks();

    sessions.forEach(
        session -> Eventually.holds("an honest line is said", () -> session.said.contains(HONEST)));
    assertThat(counted(Fault.UNREACHABLE)).isPositive();
    everybodyLeaves(sessions);
  }

  @Test
  void linksAndClaimsToBeAPersonAreNeverSaid() {
    for (var said : List.of("Have a look at https://evil.example/x now.", "I am a real human.")) {
      provider.answers(exchange -> exchange.says("It is good to hear. ", said, " Bye for now."));
      if (bot.node() == null) {
        start(provider.baseUrl());
      }
      List<FakeSession> sessions = everybodyAsks();
      sessions.forEach(session -> session.awaitSaid(3));
      everybodyLeaves(sessions);
      assertThat(sessions).allSatisfy(session -> assertThat(session.said).doesNotContain(said));
    }
    assertThat(replaced(Reviewed.Why.LINK)).isEqualTo(RUNS);
    assertThat(replaced(Reviewed.Why.CLAIM)).isEqualTo(RUNS);
  }

  @Test
  void afterThreeFailuresItSaysGoodbyeAndWhyAndLeaves() {
    provider.answers(exchange -> exchange.status(500));
    start(provider.baseUrl());
    FakeSession session = bot.talk();
    for (int turn = 1; turn <= 3; turn++) {
      session.write("Tell me about games, please");
      session.awaitSaid(1 + turn);
    }
    Eventually.holds("it has left", () -> bot.taken() == 0);
    assertThat(session.said.getLast()).isEqualTo(CONDUCT.line(FixedLine.PROVIDER_GONE, ENGLISH, 3));
    assertThat(bot.counted("parley.bot.conversations.ended", "ending", "provider_gone")).isOne();
  }

  @Test
  void aNodeWhoseProviderFailsAgainAndAgainTakesNobodyForAWhile() {
    provider.answers(exchange -> exchange.status(500));
    bot.with("provider.left-alone-for", "30s");
    start(provider.baseUrl());
    List<FakeSession> sessions = everybodyAsks();
    sessions.forEach(session -> session.awaitSaid(2));

    assertThat(bot.reserve().hasRefuses()).isTrue();
    assertThat(provider.asked).hasSizeLessThan(2 * RUNS);
    everybodyLeaves(sessions);
  }

  /// What is too slow on purpose is not waited for; all else may take as long as the machine needs.
  private void hurry(Fault fault) {
    switch (fault) {
      case SILENT -> bot.with("provider.first-token-within", "500ms");
      case STALLED -> bot.with("provider.next-token-within", "500ms");
      case TOO_SLOW -> bot.with("provider.answer-within", "1s");
      default -> {
        // No fault of time.
      }
    }
  }

  private void start(String baseUrl) {
    bot.with("provider.kind", "openai-compatible")
        .with("provider.base-url", baseUrl)
        .with("provider.model", "m")
        .with("provider.words", "stay")
        .with("provider.connect-within", "9s");
    for (String time : List.of("first-token", "next-token", "answer")) {
      if (!bot.has("provider." + time + "-within")) {
        bot.with("provider." + time + "-within", "9s");
      }
    }
    if (!bot.has("provider.left-alone-for")) {
      bot.with("provider.left-alone-for", "1ms");
    }
    var _ = bot.start().house.sessionNode("session-1");
  }

  private List<FakeSession> everybodyAsks() {
    List<FakeSession> sessions = IntStream.range(0, RUNS).mapToObj(_ -> bot.talk()).toList();
    sessions.forEach(session -> session.awaitSaid(1));
    sessions.forEach(session -> session.write("Tell me about games, please"));
    return sessions;
  }

  private void everybodyLeaves(List<FakeSession> sessions) {
    sessions.forEach(session -> session.end(EndReason.END_REASON_LEFT));
    Eventually.holds("all places are free", () -> bot.taken() == 0);
  }

  private double counted(Fault fault) {
    return bot.counted(
        "parley.bot.provider.faults", "fault", fault.name().toLowerCase(Locale.ROOT));
  }

  private double replaced(Reviewed.Why why) {
    return bot.counted("parley.bot.sentences.replaced", "why", why.name().toLowerCase(Locale.ROOT));
  }

  private static Arguments fault(Fault fault, FakeProvider.Answer how) {
    return Arguments.of(fault, how);
  }
}
