package parley.session;

import java.time.Duration;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.relay.Outbox;
import parley.relay.OutboxReader;
import parley.relay.Relay;
import parley.relay.redis.RedisOutbox;
import parley.session.clients.DirectoryNodes;
import parley.session.clients.MeshSettlement;
import parley.session.core.BucketWatch;
import parley.session.core.PresenceTimes;
import parley.session.core.SettleErrands;
import parley.session.core.port.Bodies;
import parley.session.core.port.LiveNodes;
import parley.session.core.port.Timers;

/// What a node does for all sessions, whoever holds their streams: looks after them, and tells
/// match-svc what became of matches.
final class SessionWatch implements AutoCloseable {
  private static final OutboxReader SETTLES = new OutboxReader("settle", Duration.ofSeconds(5));

  private final Lifecycle lifecycle = new Lifecycle();
  private final SettleErrands settling;
  private final LiveNodes nodes;

  private SessionWatch(RedisConfig redis, Bodies bodies, NodeContext context) {
    try {
      MeshSettlement settlement = lifecycle.own(MeshSettlement.open(redis, context));
      Outbox outbox = lifecycle.own(RedisOutbox.open(redis, context));
      settling = lifecycle.own(new SettleErrands(outbox, SETTLES, settlement, bodies, context.id()));
      nodes = lifecycle.own(DirectoryNodes.follow(redis, context));
    } catch (RuntimeException failure) {
      lifecycle.close();
      throw failure;
    }
  }

  static SessionWatch open(RedisConfig redis, Bodies bodies, NodeContext context) {
    return new SessionWatch(redis, bodies, context);
  }

  SettleErrands settling() {
    return settling;
  }

  /// From now on, as long as the timers run.
  void start(Relay relay, SessionJournal journal, Timers timers, PresenceTimes times) {
    new BucketWatch(relay, settling, nodes, journal, timers, times).start();
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
