package parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import parley.domain.NodeId;
import parley.platform.lifecycle.NodeContext;
import parley.proto.session.v1.ListMessagesRequest;
import parley.proto.session.v1.ReportMemberRequest;
import parley.proto.session.v1.ReportReason;
import parley.relay.ReportId;
import parley.relay.redis.LogRetention;
import parley.relay.redis.RedisHistory;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;
import redis.clients.jedis.Jedis;

/// Where words are, and when they are gone.
class RetentionIT {
  private static final String CANARY = "canary-8c41f7";
  private static final Map<String, String> SHORT =
      Map.of(
          "presence.look-every", "100ms",
          "presence.round-every", "100ms",
          "presence.calm", "1ms",
          "log.text-after-close", "600ms");

  private final Sessions sessions = new Sessions();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  RetentionIT() {
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void close() {
    sessions.close();
    root.detachAppender(log);
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void wordsAreInTheLogAloneAndGoneSomeTimeAfterTheEnd(Face face) {
    SessionNode node = sessions.node("session-1", SHORT);
    Pair pair = sessions.pair();
    Talk talk = Talk.of(sessions, pair, node, face);
    assertThat(keysWithCanary()).hasSize(1).allMatch(key -> key.contains("log:"));

    talk.ann.leave();

    Eventually.holds("the words are gone", () -> keysWithCanary().isEmpty());
    assertThat(history(talk.bob, pair)).as("text gone").isTrue();
    assertThat(lines()).isNotEmpty().noneMatch(line -> line.contains(CANARY));
    assertThat(sessions.metrics(node)).contains("parley_session").doesNotContain(CANARY);
  }

  @Test
  void wordsOfAnOpenSessionStay() {
    SessionNode node = sessions.node("session-1", SHORT);
    Pair kept = sessions.pair();
    Talk open = Talk.of(sessions, kept, node, Face.NATIVE);
    Talk over = Talk.of(sessions, sessions.pair(), node, Face.NATIVE);
    over.ann.leave();

    Eventually.holds("those that are over are gone", () -> keysWithCanary().size() == 1);
    assertThat(keysWithCanary()).allMatch(key -> key.contains(kept.session().text()));
    assertThat(open.ann.isOpen()).isTrue();
  }

  @Test
  void wordsThatAreReportedStayUntilTheReportIsReleased() {
    SessionNode node = sessions.node("session-1", SHORT);
    Pair reported = sessions.pair();
    Talk talk = Talk.of(sessions, reported, node, Face.NATIVE);
    Talk marker = Talk.of(sessions, sessions.pair(), node, Face.NATIVE);
    assertThat(report(talk.bob, reported)).isTrue();
    Eventually.holds("evidence is kept", () -> evidence().size() == 1);
    marker.ann.leave();
    Eventually.holds("the others' words are gone", () -> keysWithCanary().size() == 2);
    assertThat(keysWithCanary()).allMatch(key -> key.contains(reported.session().text()));
    String evidence = evidence().iterator().next();
    ReportId report =
        ReportId.of(HexFormat.of().parseHex(evidence.substring(evidence.lastIndexOf(":") + 1)));

    NodeContext context = NodeContext.of(new NodeId("drainer-1"));
    try (RedisHistory history =
        RedisHistory.open(sessions.redis(), LogRetention.DEFAULTS, context)) {
      assertThat(history.evidence(reported.session(), report)).hasSize(1);
      history.release(reported.session(), report);
    }

    Eventually.holds("nothing is left", () -> keysWithCanary().isEmpty());
  }

  private static boolean report(Member by, Pair pair) {
    return by.blocking()
        .reportMember(
            ReportMemberRequest.newBuilder()
                .setSessionId(pair.session().text())
                .setPass(by.pass())
                .setMemberId(1)
                .setRequestId("report-1")
                .setReason(ReportReason.REPORT_REASON_SPAM)
                .build())
        .hasReported();
  }

  private static boolean history(Member member, Pair pair) {
    return member
        .blocking()
        .listMessages(
            ListMessagesRequest.newBuilder()
                .setSessionId(pair.session().text())
                .setPass(member.pass())
                .build())
        .hasTextGone();
  }

  private List<String> lines() {
    return List.copyOf(log.list).stream()
        .map(event -> event.getFormattedMessage() + " " + event.getKeyValuePairs())
        .toList();
  }

  private Set<String> evidence() {
    return keysWithCanary().stream()
        .filter(key -> key.contains("evidence:"))
        .collect(Collectors.toSet());
  }

  private Set<String> keysWithCanary() {
    try (Jedis redis = sessions.jedis()) {
      return redis.keys(sessions.prefix() + "*").stream()
          .filter(key -> values(redis, key).anyMatch(value -> value.contains(CANARY)))
          .collect(Collectors.toSet());
    }
  }

  private static Stream<String> values(Jedis redis, String key) {
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    return switch (redis.type(key)) {
      case "string" -> Stream.of(text(redis.get(name)));
      case "hash" -> redis.hgetAll(name).values().stream().map(RetentionIT::text);
      case "zset" -> redis.zrange(name, 0, -1).stream().map(RetentionIT::text);
      case "stream" ->
          redis.xrange(key, "-", "+").stream()
              .flatMap(entry -> entry.getFields().values().stream());
      case "none" -> Stream.of();
      default -> throw new AssertionError("key " + key + " is a " + redis.type(key));
    };
  }

  private static String text(byte[] value) {
    return value == null ? "" : new String(value, StandardCharsets.ISO_8859_1);
  }

  /// Two who talk; the first has said the canary.
  private record Talk(Member ann, Member bob) {
    static Talk of(Sessions sessions, Pair pair, SessionNode node, Face face) {
      Member ann = sessions.member(pair, pair.first(), node, face).entered();
      Member bob = sessions.member(pair, pair.second(), node, face).entered();
      ann.text(1, "I say " + CANARY);
      bob.typing();
      Eventually.holds("it is heard", () -> bob.heard().size() == 1);
      return new Talk(ann, bob);
    }
  }
}
