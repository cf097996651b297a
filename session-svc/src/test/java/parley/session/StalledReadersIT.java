package parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.Presence;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;

/// Two hundred members read nothing while they are written to, and one pair talks on; all through
/// sockets at one node. Only the heap is measured: native memory is the clients' too, who live in
/// this process.
class StalledReadersIT {
  private static final int STALLED = 200;
  private static final long ROOM = 64L << 20;
  private static final String LONG_TEXT = "x".repeat(12_000);
  private static final int BELOW_THE_BOUND = 10;
  private static final int OVER_THE_BOUND = 30;
  private static final int GOOD_TEXTS = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void stalledReadersHurtOnlyThemselves() {
    try (RedisServer redis = RedisServer.start(RedisOptions.fleeting());
        Sessions sessions = new Sessions(redis.address())) {
      SessionNode node = sessions.node("session-1", settings());
      Pair good = sessions.pair();
      Member speaker = sessions.member(good, good.first(), node, Face.NATIVE).entered();
      Member listener = sessions.member(good, good.second(), node, Face.NATIVE).entered();
      List<Member> feeders = new ArrayList<>();
      for (int i = 0; i < STALLED; i++) {
        Pair pair = sessions.pair();
        feeders.add(sessions.member(pair, pair.first(), node, Face.NATIVE).entered());
        enterDeaf(sessions, node, pair);
      }
      Eventually.holds(
          "everybody has entered",
          PATIENCE,
          () -> feeders.stream().allMatch(StalledReadersIT::knowsThePeerHere));
      long heap = heap();

      feed(feeders, 1, BELOW_THE_BOUND);
      talk(speaker, listener, 1);

      assertThat(sessions.ended(node, "slow_reader")).as("streams that had to end").isZero();
      Eventually.holds("heap is bounded", PATIENCE, () -> heap() - heap < ROOM);

      feed(feeders, BELOW_THE_BOUND + 1, BELOW_THE_BOUND + OVER_THE_BOUND);
      talk(speaker, listener, GOOD_TEXTS + 1);

      Eventually.holds(
          "every stalled stream has ended",
          PATIENCE,
          () -> sessions.ended(node, "slow_reader") == STALLED);
      Eventually.holds("its memory is free again", PATIENCE, () -> heap() - heap < ROOM);
      assertThat(speaker.end()).isEmpty();
      assertThat(listener.end()).isEmpty();
      assertThat(feeders).allMatch(feeder -> feeder.end().isEmpty());
    }
  }

  private static boolean knowsThePeerHere(Member feeder) {
    return feeder.frames.stream()
        .anyMatch(
            frame ->
                frame.hasMember()
                    && frame.getMember().getMember().getPresence() == Presence.PRESENCE_HERE);
  }

  private static Map<String, String> settings() {
    return Map.of(
        "text.max-code-points", "16000",
        "pace.burst", "1000000",
        "pace.per-second", "1000000",
        "stream.outstanding", "100");
  }

  private static void enterDeaf(Sessions sessions, SessionNode node, Pair pair) {
    Enter enter =
        Enter.newBuilder().setSessionId(pair.session().text()).setGrant(pair.grant()).build();
    sessions.member(pair, pair.second(), node, Face.NATIVE).start(enter, false);
  }

  /// Returns when every text is stored.
  private static void feed(List<Member> feeders, int first, int last) {
    feeders.forEach(
        feeder -> IntStream.rangeClosed(first, last).forEach(i -> feeder.text(i, LONG_TEXT)));
    Eventually.holds(
        "all that was fed is stored",
        PATIENCE,
        () -> feeders.stream().allMatch(feeder -> feeder.outcomes().size() == last));
  }

  private static void talk(Member speaker, Member listener, int first) {
    IntStream.range(first, first + GOOD_TEXTS).forEach(i -> speaker.text(i, "good " + i));
    Eventually.holds(
        "the good ones hear each other",
        PATIENCE,
        () -> listener.heard().size() == first + GOOD_TEXTS - 1);
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
