package parley.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import parley.platform.discovery.MeshChannels;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.postgres.PostgresConfig;
import parley.platform.redis.RedisConfig;
import parley.relay.History;
import parley.relay.Outbox;
import parley.relay.OutboxEntry;
import parley.relay.OutboxReader;
import parley.relay.Relay;
import parley.relay.redis.RedisOutbox;
import parley.session.clients.DirectoryNodes;
import parley.session.clients.MeshSettlement;
import parley.session.core.BucketWatch;
import parley.session.core.EntryReader;
import parley.session.core.Errands;
import parley.session.core.MemberErrands;
import parley.session.core.PresenceTimes;
import parley.session.core.ReplaceErrands;
import parley.session.core.SettleErrands;
import parley.session.core.port.Bodies;
import parley.session.core.port.LiveNodes;
import parley.session.core.port.Timers;

/// What a node does for all sessions, whoever holds their streams: looks after them, tells
/// match-svc what became of matches, and brings what must last to the archive.
final class SessionWatch implements AutoCloseable {
  static final OutboxReader SETTLES =
      new OutboxReader("settle", Set.of(OutboxEntry.Kind.SETTLE), Duration.ofSeconds(5));
  static final OutboxReader REPLACED =
      new OutboxReader("replaced", Set.of(OutboxEntry.Kind.REPLACED), Duration.ofSeconds(5));

  private final Lifecycle lifecycle = new Lifecycle();
  private final SessionConfig config;
  private final Bodies bodies;
  private final NodeContext context;
  private final Outbox outbox;
  private final SettleErrands settling;
  private final LiveNodes nodes;
  private final List<Errands> errands = new ArrayList<>();

  private SessionWatch(
      SessionConfig config, Bodies bodies, MeshChannels others, NodeContext context) {
    this.config = config;
    this.bodies = bodies;
    this.context = context;
    RedisConfig redis = config.redis();
    try {
      MeshSettlement settlement = new MeshSettlement(others);
      outbox = lifecycle.own(RedisOutbox.open(redis, context));
      settling =
          lifecycle.own(new SettleErrands(outbox, SETTLES, settlement, bodies, context.id()));
      errands.add(settling);
      nodes = lifecycle.own(DirectoryNodes.follow(redis, context));
    } catch (RuntimeException failure) {
      lifecycle.close();
      throw failure;
    }
  }

  static SessionWatch open(
      SessionConfig config, Bodies bodies, MeshChannels others, NodeContext context) {
    return new SessionWatch(config, bodies, others, context);
  }

  /// What members cause who come and go at this node.
  MemberErrands errands(Relay relay) {
    ReplaceErrands replacing =
        lifecycle.own(new ReplaceErrands(outbox, REPLACED, relay, context.id()));
    errands.add(replacing);
    return new MemberErrands(settling, replacing);
  }

  /// From now on, as long as the timers run.
  void start(
      Relay relay, History history, SessionJournal journal, Timers timers, PresenceTimes times) {
    EntryReader reader = new EntryReader(bodies, history);
    config.postgres().map(at -> archive(at, reader, timers)).ifPresent(errands::add);
    new BucketWatch(relay, errands, nodes, journal, timers, times).start();
  }

  private Errands archive(PostgresConfig at, EntryReader reader, Timers timers) {
    return lifecycle
        .own(SessionArchive.open(config, at, outbox, reader, timers, context))
        .errands();
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
