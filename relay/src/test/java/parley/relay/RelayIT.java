package parley.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.NodeId;
import parley.domain.Position;
import parley.domain.SessionId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.relay.redis.LogRetention;
import parley.relay.redis.RedisAppendLogs;
import parley.relay.redis.RedisNeighbours;
import parley.relay.redis.RelayKeys;
import parley.testing.Eventually;
import parley.testing.TestRedis;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.XTrimParams;

/// Delivery: two relays over one Redis, notices that are lost, logs that change under a stream.
class RelayIT {
  private static final RandomGenerator RANDOM = RandomGenerator.getDefault();

  private final Lifecycle lifecycle = new Lifecycle();
  private final HostPort address = HostPort.parse(TestRedis.shared());
  private final RedisConfig config = new RedisConfig(address, TestRedis.prefix());
  private final RelayKeys keys = new RelayKeys(config.prefix());
  private final SessionId session = SessionId.random(RANDOM);
  private final LossyNeighbours neighbours = new LossyNeighbours();
  private final Jedis redis = lifecycle.own(new Jedis(address.host(), address.port()));

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @Test
  void everySubscriberSeesOneOrderAcrossTwoNodes() {
    Relay one = relayOverPubSub("node-1");
    Relay two = relayOverPubSub("node-2");
    Listener ann = attach(one, 1, null);
    Listener bob = attach(two, 2, null);
    Speaker left = new Speaker(one, session, 1, 1);
    Speaker right = new Speaker(two, session, 2, 1);

    for (int i = 1; i <= 200; i++) {
      left.say("a" + i);
      right.say("b" + i);
    }

    ann.awaitTexts(400);
    bob.awaitTexts(400);
    assertThat(ann.entries).isEqualTo(bob.entries);
    assertThat(ann.entries)
        .extracting(LogEntry::offset)
        .isEqualTo(IntStream.rangeClosed(1, 400).mapToObj(Long::valueOf).toList());
    assertThat(ann.events).noneMatch(event -> event.startsWith("reset"));
  }

  @Test
  void aLostNoticeIsReadFromTheLogWithTheNextOne() {
    Relay one = relay("node-1", Duration.ofMinutes(1));
    Relay two = relay("node-2", Duration.ofMinutes(1));
    attach(one, 1, null);
    Listener bob = attach(two, 2, null);
    Speaker speaker = new Speaker(one, session, 1, 1);
    neighbours.losing.set(true);
    speaker.say("lost", "lost too").awaitStored();
    neighbours.losing.set(false);

    speaker.say("heard");

    assertThat(bob.awaitTexts(3).texts()).containsExactly("lost", "lost too", "heard");
  }

  @Test
  void aLostNoticeIsHealedByComparingTips() {
    Relay one = relay("node-1", Duration.ofMinutes(1));
    Relay two = relay("node-2", Duration.ofMillis(50));
    attach(one, 1, null);
    Listener bob = attach(two, 2, null);
    neighbours.losing.set(true);

    new Speaker(one, session, 1, 1).say("lost").awaitStored();

    assertThat(bob.awaitTexts(1).texts()).containsExactly("lost");
  }

  @Test
  void aLostNoticeIsHealedWhenTheSubscriptionIsRenewed() {
    Relay one = relay("node-1", Duration.ofMinutes(1));
    Relay two = relay("node-2", Duration.ofMinutes(1));
    attach(one, 1, null);
    Listener bob = attach(two, 2, null);
    neighbours.losing.set(true);
    new Speaker(one, session, 1, 1).say("lost").awaitStored();
    neighbours.losing.set(false);

    neighbours.subscribedAnew(new NodeId("node-2"));

    assertThat(bob.awaitTexts(1).texts()).containsExactly("lost");
  }

  @Test
  void aLostTakeoverAndALostCloseAreHealedByComparing() {
    Relay one = relay("node-1", Duration.ofMillis(50));
    Relay two = relay("node-2", Duration.ofMillis(50));
    Listener old = attach(one, 1, null);
    Listener bob = attach(one, 2, null);
    neighbours.losing.set(true);
    Listener fresh = attach(two, 1, null);
    neighbours.losing.set(false);

    old.await("taken_over");
    neighbours.losing.set(true);
    two.close(session, new Closing(1, 1), new NoReply());

    fresh.await("closed by 1");
    bob.await("closed by 1");
  }

  @Test
  void aLostCloseIsHeardOfByWhoeverStillLivesOrSpeaks() {
    Relay one = relay("node-1", Duration.ofHours(1));
    Relay two = relay("node-2", Duration.ofHours(1));
    SessionId other = SessionId.random(RANDOM);
    Listener ann = attach(two, session, 1, null);
    Listener bob = attach(two, other, 2, null);
    neighbours.losing.set(true);
    closeUnheard(one, session);
    closeUnheard(one, other);

    two.note(session, 1, 1, Sign.HERE, new NoReply());
    Speaker speaker = new Speaker(two, other, 2, 1).say("still there?");

    ann.await("closed by 1");
    bob.await("closed by 1");
    assertThat(speaker.outcomes).containsExactly(new AppendOutcome.NotOpen());
  }

  private void closeUnheard(Relay relay, SessionId which) {
    byte[] why = "why".getBytes(StandardCharsets.US_ASCII);
    relay.close(which, new Closing(1, 1), new NoReply());
    Eventually.holds("it is closed", () -> redis.hexists(keys.facts(which), why));
  }

  /// A report holds the log, not what its members may read.
  @Test
  void wordsAreNotReadOnceTheirTimeIsOverAlsoIfTheyAreKept() {
    Relay relay = relay("node-1", Duration.ofMinutes(1));
    Listener ann = attach(relay, 1, null);
    new Speaker(relay, session, 1, 1).say("one", "two").awaitStored();
    relay.close(session, new Closing(1, 1), new NoReply());
    ann.await("closed by 1");
    String before = "" + (System.currentTimeMillis() - Duration.ofHours(1).toMillis());
    redis.hset(
        keys.facts(session),
        "ended".getBytes(StandardCharsets.US_ASCII),
        before.getBytes(StandardCharsets.US_ASCII));

    Listener late = attach(relay, 1, null);

    late.await("closed by 1");
    assertThat(late.events).contains("reset TRIMMED 2");
    assertThat(late.entries).isEmpty();
  }

  @Test
  void whoAttachesWhileOthersSpeakMissesNothing() {
    Relay one = relay("node-1", Duration.ofMinutes(1));
    Relay two = relay("node-2", Duration.ofMinutes(1));
    attach(one, 1, null);
    Speaker speaker = new Speaker(one, session, 1, 1);
    for (int i = 1; i <= 100; i++) {
      speaker.say("before " + i);
    }
    Listener bob = new Listener();
    two.attach(new Arrival(session, 2, 2, null, null), bob);
    for (int i = 1; i <= 100; i++) {
      speaker.say("during " + i);
    }

    bob.awaitTexts(200);
    assertThat(bob.entries)
        .extracting(LogEntry::offset)
        .isEqualTo(IntStream.rangeClosed(1, 200).mapToObj(Long::valueOf).toList());
  }

  @Test
  void aReaderWhoIsNotReadyIsNotReadFor() {
    Relay relay = relay("node-1", Duration.ofMinutes(1));
    attach(relay, 1, null);
    Speaker speaker = new Speaker(relay, session, 1, 1);
    IntStream.rangeClosed(1, 250).forEach(i -> speaker.say("text " + i));
    speaker.awaitStored();
    Listener slow = new Listener();
    slow.ready = false;
    Subscription subscription = relay.attach(new Arrival(session, 2, 2, null, null), slow);
    slow.await("attached");
    speaker.say("marker").awaitStored();
    assertThat(slow.entries).isEmpty();

    slow.ready = true;
    subscription.ready();

    slow.awaitTexts(251);
    slow.await("caught_up 251");
  }

  @Test
  void roomForMoreIsAskedForWhenWhatWasGivenHasLeft() {
    Relay relay = relay("node-1", Duration.ofMinutes(1));
    attach(relay, 1, null);
    Speaker speaker = new Speaker(relay, session, 1, 1);
    IntStream.rangeClosed(1, 350).forEach(i -> speaker.say("text " + i));
    speaker.awaitStored();

    Listener late = attach(relay, 2, null);

    assertThat(late.entries).hasSize(350);
    assertThat(late.events).doesNotContain("asked before the batch ended");
  }

  @Test
  void whoIsTooFarBehindIsResetToWhatIsReplayed() {
    Relay relay = relay("node-1", Duration.ofMinutes(1));
    attach(relay, 1, null);
    Speaker speaker = new Speaker(relay, session, 1, 1);
    IntStream.rangeClosed(1, 510).forEach(i -> speaker.say("text " + i));
    speaker.awaitStored();

    Listener late = attach(relay, 2, null);

    assertThat(late.events).contains("reset TOO_FAR 10");
    assertThat(late.entries).hasSize(500);
    assertThat(late.entries.getFirst().offset()).isEqualTo(11);
  }

  @Test
  void whatWasTrimmedIsSaid() {
    Relay relay = relay("node-1", Duration.ofMinutes(1));
    Listener ann = attach(relay, 1, null);
    new Speaker(relay, session, 1, 1).say("one", "two", "three").awaitStored();
    redis.xtrim(keys.log(session), XTrimParams.xTrimParams().maxLen(1));

    Listener late = attach(relay, 2, null);

    assertThat(late.events).contains("reset TRIMMED 2");
    assertThat(late.awaitTexts(1).texts()).containsExactly("three");
    assertThat(ann.events).noneMatch(event -> event.startsWith("reset"));
  }

  /// What a failover does: the log loses its tail and grows another one. The stream that stays open
  /// is told as well as the one that comes back.
  @Test
  void aLogThatLostItsTailIsToldAsDiverged() {
    Relay relay = relay("node-1", Duration.ofMinutes(1));
    Listener ann = attach(relay, 1, null);
    Speaker speaker = new Speaker(relay, session, 1, 1);
    speaker.say("one").awaitStored();
    Eventually.holds("it was delivered", () -> ann.entries.size() == 1);
    byte[] state = redis.get(keys.state(session));
    byte[] last = lastId();
    speaker.say("lost").awaitStored();
    ann.awaitTexts(2);
    Position lost = ann.position;
    redis.xdel(keys.log(session), lastId());
    redis.set(keys.state(session), state);
    assertThat(lastId()).isEqualTo(last);
    // A stream never takes an id below its highest: what a promoted replica would not know of.
    redis.sendCommand(() -> "XSETID".getBytes(StandardCharsets.US_ASCII), keys.log(session), last);

    new Speaker(relay, session, 1, 1, 1).say("other history").awaitStored();

    ann.await("reset LOG_DIVERGED 1");
    assertThat(ann.awaitTexts(3).texts()).containsExactly("one", "lost", "other history");
    Listener back = attach(relay, 1, lost);
    assertThat(back.events).contains("reset LOG_DIVERGED 2");
  }

  @Test
  void aLogThatWasMadeAnewIsToldAsLost() {
    Relay relay = relay("node-1", Duration.ofMinutes(1));
    Listener ann = attach(relay, 1, null);
    new Speaker(relay, session, 1, 1).say("one").awaitStored();
    ann.awaitTexts(1);
    redis.del(keys.state(session), keys.log(session), keys.facts(session));

    Listener again = attach(relay, 1, ann.position);

    assertThat(again.events).contains("reset LOG_LOST 0");
    assertThat(again.facts.state().epoch()).isNotEqualTo(ann.position.epoch());
    ann.await("unavailable");
  }

  @Test
  void streamsOfALogThatIsGoneEndWithResume() {
    Relay relay = relay("node-1", Duration.ofMinutes(1));
    Listener ann = attach(relay, 1, null);
    redis.del(keys.state(session));
    Speaker speaker = new Speaker(relay, session, 1, 1).say("into the void");

    ann.await("unavailable");
    assertThat(speaker.unknown).containsExactly("into the void");
  }

  @Test
  void closingGivesWhatCameBeforeAndThenTheEnd() {
    Relay one = relayOverPubSub("node-1");
    Relay two = relayOverPubSub("node-2");
    attach(one, 1, null);
    Listener bob = attach(two, 2, null);
    new Speaker(one, session, 1, 1).say("bye");
    one.close(session, new Closing(1, 1), new NoReply());

    bob.await("closed by 1");

    assertThat(bob.texts()).containsExactly("bye");
  }

  @Test
  void aMessageAppendedWhereNobodyListensReachesTheOtherNode() {
    Relay one = relay("node-1", Duration.ofMinutes(1));
    Relay two = relay("node-2", Duration.ofMinutes(1));
    Listener ann = attach(one, 1, null);

    new Speaker(two, session, 1, 1).say("by the other door");

    assertThat(ann.awaitTexts(1).texts()).containsExactly("by the other door");
  }

  private byte[] lastId() {
    var entries = redis.xrevrange(keys.log(session), null, null, 1);
    List<?> entry = (List<?>) entries.getFirst();
    return (byte[]) entry.getFirst();
  }

  private Listener attach(Relay relay, int member, Position position) {
    return attach(relay, session, member, position);
  }

  private static Listener attach(Relay relay, SessionId session, int member, Position position) {
    Listener listener = new Listener();
    relay.attach(new Arrival(session, member, 2, null, position), listener);
    Eventually.holds(
        "the member has caught up",
        () -> listener.events.stream().anyMatch(event -> event.startsWith("caught_up")));
    return listener;
  }

  private Relay relay(String node, Duration compareEvery) {
    NodeContext context = NodeContext.of(new NodeId(node));
    return start(context, neighbours.of(context.id()), compareEvery);
  }

  private Relay relayOverPubSub(String node) {
    NodeContext context = NodeContext.of(new NodeId(node));
    return start(context, RedisNeighbours.open(config, "test", context), Duration.ofSeconds(2));
  }

  private Relay start(NodeContext context, Neighbours others, Duration compareEvery) {
    RelayLimits d = RelayLimits.DEFAULTS;
    RelayLimits limits =
        new RelayLimits(
            d.batchMessages(),
            d.batchBytes(),
            d.sessionMessages(),
            d.queuedMessages(),
            d.queuedBytes(),
            d.page(),
            d.pageBytes(),
            d.replay(),
            d.linger(),
            compareEvery);
    return lifecycle.own(
        Relay.start(
            context, RedisAppendLogs.open(config, LogRetention.DEFAULTS, context), others, limits));
  }

  private static final class NoReply implements FactsReply {
    @Override
    public void answered(Optional<SessionFacts> facts) {}

    @Override
    public void unavailable() {}
  }
}
