package parley.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.relay.redis.LogRetention;
import parley.relay.redis.RedisAppendLog;
import parley.testing.Eventually;
import parley.testing.TestRedis;

/// Batches that run twice, streams that are gone before they are attached, and what throws.
class TroubledLogIT {
  private final Lifecycle lifecycle = new Lifecycle();
  private final RedisConfig config =
      new RedisConfig(HostPort.parse(TestRedis.shared()), TestRedis.prefix());
  private final SessionId session = SessionId.random(RandomGenerator.getDefault());
  private final LossyNeighbours neighbours = new LossyNeighbours();
  private TroubledLog log;

  @AfterEach
  void close() {
    lifecycle.close();
  }

  /// The reader's page already holds what the repetition answers as a duplicate.
  @Test
  void aRepeatedBatchDeliversWhatItStoredOnce() {
    Relay relay = relay("node-1", RelayLimits.DEFAULTS);
    Listener ann = attach(relay, 1);
    Speaker speaker = new Speaker(relay, session, 1, 1).say("one", "two", "three");
    ann.awaitTexts(3);
    Listener bob = new Listener();
    Listener carl = new Listener();
    Speaker other = new Speaker(relay, session, 1, 1, 3);
    carl.whenBatchEnded =
        () -> {
          carl.whenBatchEnded = () -> {};
          log.runsTwice.set(true);
          other.say("four"); // follows the read for bob into its batch
        };
    log.hold();
    relay.look(session, new Ignored());
    log.awaitHeld();
    relay.attach(new Arrival(session, 2, 3, null, null), bob);
    relay.attach(new Arrival(session, 3, 3, null, null), carl);
    log.release();

    for (Listener each : List.of(ann, bob, carl)) {
      assertThat(each.awaitTexts(4).texts()).containsExactly("one", "two", "three", "four");
    }
    other.awaitStored();
    other.say("five");
    for (Listener each : List.of(ann, bob, carl)) {
      assertThat(each.awaitTexts(5).texts()).endsWith("four", "five");
      assertThat(each.events).noneMatch(event -> event.startsWith("reset"));
    }
    assertThat(log.runsTwice).isFalse();
    assertThat(speaker.unknown).isEmpty();
  }

  @Test
  void whoIsGoneBeforeTheBatchIsMadeIsNotAttached() {
    Relay relay = relay("node-1", RelayLimits.DEFAULTS);
    log.hold();
    relay.look(session, new Ignored());
    log.awaitHeld();
    relay.attach(new Arrival(session, 1, 2, null, null), new Listener()).detach();
    log.release();

    Listener back = attach(relay, 1);

    assertThat(back.facts.state().member(1).attachment()).isEqualTo(1);
  }

  /// What lives elsewhere is fenced off by an attachment that nobody holds: it comes again.
  @Test
  void whoIsGoneBeforeTheAnswerTakesNothingOver() {
    Relay one = relay("node-1", RelayLimits.DEFAULTS);
    log.hold();
    Subscription gone = one.attach(new Arrival(session, 1, 2, null, null), new Listener());
    TroubledLog held = log;
    held.awaitHeld();
    gone.detach();
    Listener live = attach(relay("node-2", RelayLimits.DEFAULTS), 1);
    held.release();

    live.await("unavailable");

    assertThat(live.events).doesNotContain("taken_over");
    Listener back = attach(one, 1);
    assertThat(back.facts.state().member(1).attachment()).isEqualTo(3);
  }

  @Test
  void whoComesWhenTooMuchWaitsIsToldToComeAgain() {
    RelayLimits d = RelayLimits.DEFAULTS;
    Relay relay =
        relay(
            "node-1",
            new RelayLimits(
                d.batchMessages(),
                d.batchBytes(),
                d.sessionMessages(),
                2,
                d.queuedBytes(),
                d.page(),
                d.pageBytes(),
                d.replay(),
                d.linger(),
                d.compareEvery()));
    log.hold();
    relay.look(session, new Ignored());
    log.awaitHeld();
    Listener first = new Listener();
    Listener second = new Listener();
    relay.attach(new Arrival(session, 1, 2, null, null), first);
    relay.attach(new Arrival(session, 2, 2, null, null), second);
    log.release();

    second.await("unavailable");
    first.await("caught_up 0");
  }

  @Test
  void anErrorEndsTheStreamsAndNotTheLoop() {
    Relay relay = relay("node-1", RelayLimits.DEFAULTS);
    Listener ann = attach(relay, 1);
    log.throwsNext.set(new OutOfMemoryError("planned"));

    Speaker speaker = new Speaker(relay, session, 1, 1).say("into the void");

    ann.await("unavailable");
    Eventually.holds("its text is unknown", () -> speaker.unknown.contains("into the void"));
    Listener back = attach(relay, 1);
    new Speaker(relay, session, 1, 2).say("again");
    assertThat(back.awaitTexts(1).texts()).containsExactly("again");
  }

  @Test
  void aSubscriberThatThrowsHurtsItselfAlone() {
    Relay relay = relay("node-1", RelayLimits.DEFAULTS);
    Listener bad = attach(relay, 1);
    Listener good = attach(relay, 2);
    bad.whenBatchEnded =
        () -> {
          throw new IllegalStateException("planned");
        };

    Speaker speaker = new Speaker(relay, session, 2, 1).say("hello");

    bad.await("unavailable");
    speaker.awaitStored();
    speaker.say("still here").awaitStored();
    good.awaitTexts(2);
    assertThat(good.events).doesNotContain("unavailable");
  }

  private Relay relay(String node, RelayLimits limits) {
    NodeContext context = NodeContext.of(new NodeId(node));
    log = new TroubledLog(RedisAppendLog.open(config, LogRetention.DEFAULTS, context));
    return lifecycle.own(
        Relay.start(context, AppendLogs.one(log), neighbours.of(context.id()), limits));
  }

  private Listener attach(Relay relay, int member) {
    Listener listener = new Listener();
    relay.attach(new Arrival(session, member, 3, null, null), listener);
    Eventually.holds(
        "the member has caught up",
        () -> listener.events.stream().anyMatch(event -> event.startsWith("caught_up")));
    return listener;
  }

  private static final class Ignored implements FactsReply {
    @Override
    public void answered(Optional<SessionFacts> facts) {}

    @Override
    public void unavailable() {}
  }
}
