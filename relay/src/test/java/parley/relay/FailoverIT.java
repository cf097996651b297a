package parley.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.domain.NodeId;
import parley.domain.Position;
import parley.domain.SessionId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.ReplicaRule;
import parley.relay.redis.LogRetention;
import parley.relay.redis.RedisAppendLogs;
import parley.testing.Eventually;
import parley.testing.TestStore;

/// A replica is cut off, people talk on, the primary dies and the replica takes its place: with a
/// required replica nothing that was acknowledged is lost; without one what is lost is told.
class FailoverIT {
  private static final int SESSIONS = 20;
  private static final int TEXTS = 10;

  private final Lifecycle lifecycle = new Lifecycle();
  private TestStore store;

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @ParameterizedTest
  @EnumSource
  void whatAReplicaHadToHaveSurvivesTheFailover(TestStore kind) {
    store = kind;
    RedisServer primary = server();
    RedisServer replica = server();
    RedisServer third = server();
    replica.follow(primary);
    Relay relay = relay(1, primary, replica);
    List<Talk> talks = talks(relay);
    talks.forEach(Talk::say);
    talks.forEach(talk -> talk.speaker.awaitStored());

    replica.promote(); // cut off from here on
    third.follow(replica);
    talks.forEach(Talk::say);
    assertThat(talks).allMatch(talk -> talk.speaker.outcomes.size() == TEXTS, "not acknowledged");
    primary.kill();

    for (Talk talk : talks) {
      talk.speaker.awaitStored();
      talk.listener.awaitTexts(2 * TEXTS);
      assertThat(talk.listener.events).noneMatch(event -> event.startsWith("reset"));
      assertThat(talk.lost(relay)).as("acknowledged and lost").isEmpty();
      assertThat(talk.listener.entries)
          .extracting(LogEntry::sequence)
          .isEqualTo(IntStream.rangeClosed(1, 2 * TEXTS).mapToObj(Long::valueOf).toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutReplicasWhatIsLostIsToldToStreamsThatStayedOpen(TestStore kind) {
    store = kind;
    RedisServer primary = server();
    RedisServer replica = server();
    replica.follow(primary);
    Relay relay = relay(0, primary, replica);
    List<Talk> talks = talks(relay);
    talks.forEach(Talk::say);
    talks.forEach(talk -> talk.speaker.awaitStored());
    replica.catchUp(primary);

    replica.promote(); // cut off from here on
    talks.forEach(Talk::say);
    talks.forEach(talk -> talk.speaker.awaitStored());
    talks.forEach(talk -> talk.listener.awaitTexts(2 * TEXTS));
    primary.kill();
    long lost = 0;
    for (Talk talk : talks) {
      Position told = talk.listener.position;
      talk.writeAnotherHistory(relay);
      List<Position> gone = talk.lost(relay);
      lost += gone.size();
      if (!gone.isEmpty()) {
        talk.listener.awaitReset(ResetReason.LOG_DIVERGED);
        assertThat(told).as("fitted by offset alone").isNotNull();
      }
    }

    System.out.printf(
        "%s without WAIT: %d of %d acknowledged texts lost in one failover, each stream told%n",
        store, lost, 2L * SESSIONS * TEXTS);
    assertThat(talks).allMatch(talk -> talk.endsAsTheLog(relay), "goes on in the log's history");
  }

  private List<Talk> talks(Relay relay) {
    return Stream.generate(() -> new Talk(relay)).limit(SESSIONS).toList();
  }

  private RedisServer server() {
    return lifecycle.own(RedisServer.start(RedisOptions.fleeting().with(store.program())));
  }

  private Relay relay(int replicas, RedisServer... servers) {
    RedisConfig config =
        new RedisConfig(
            Stream.of(servers).map(RedisServer::address).map(HostPort::parse).toList(),
            "",
            new ReplicaRule(replicas, ReplicaRule.Shortage.STOP));
    NodeContext context = NodeContext.of(new NodeId("node-1"));
    return lifecycle.own(
        Relay.start(
            context,
            RedisAppendLogs.open(config, LogRetention.DEFAULTS, context),
            RelayCasts.nobodyElse(),
            RelayLimits.DEFAULTS));
  }

  /// One session: member 1 speaks, member 2 listens and stays.
  private static final class Talk {
    private final SessionId session = SessionId.random(RandomGenerator.getDefault());
    private final Listener listener = new Listener();
    private final Speaker speaker;

    Talk(Relay relay) {
      relay.attach(new Arrival(session, 1, 2, null, null), new Listener());
      relay.attach(new Arrival(session, 2, 2, null, null), listener);
      Eventually.holds("both have attached", () -> listener.facts != null);
      speaker = new Speaker(relay, session, 1, 1);
    }

    void say() {
      for (int i = 0; i < TEXTS; i++) {
        speaker.say("text " + i);
      }
    }

    /// As a client does that comes back: it goes on with the sequence it is told.
    void writeAnotherHistory(Relay relay) {
      Listener back = attach(relay);
      MemberState me = back.facts.state().member(1);
      Speaker again = new Speaker(relay, session, 1, me.attachment(), me.sequence());
      for (int i = 0; i < TEXTS + 5; i++) {
        again.say("another text " + i);
      }
      again.awaitStored();
    }

    List<Position> lost(Relay relay) {
      Set<Position> there = new HashSet<>();
      Listener all = attach(relay);
      all.entries.forEach(entry -> there.add(entry.position(all.position.epoch())));
      return speaker.outcomes.stream()
          .filter(AppendOutcome.Stored.class::isInstance)
          .map(outcome -> ((AppendOutcome.Stored) outcome).position())
          .filter(position -> !there.contains(position))
          .toList();
    }

    boolean endsAsTheLog(Relay relay) {
      Listener all = attach(relay);
      Eventually.holds(
          "the open stream is where the log is", () -> listener.position.equals(all.position));
      return true;
    }

    private Listener attach(Relay relay) {
      Listener fresh = new Listener();
      relay.attach(new Arrival(session, 1, 2, null, null), fresh);
      Eventually.holds(
          "it has caught up",
          Duration.ofSeconds(20),
          () -> fresh.events.stream().anyMatch(event -> event.startsWith("caught_up")));
      return fresh;
    }
  }
}
