package parley.session;

import java.util.List;
import java.util.Set;
import parley.domain.NodeId;
import parley.platform.auth.AccessTokens;
import parley.platform.auth.CallerInterceptor;
import parley.platform.config.HostPort;
import parley.platform.discovery.ServiceName;
import parley.platform.grpc.ServingPort;
import parley.platform.grpc.ServingPortConfig;
import parley.platform.grpc.UnaryCalls;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.relay.Relay;
import parley.relay.redis.RedisHistory;
import parley.relay.redis.RedisOutbox;
import parley.relay.redis.RedisRelay;
import parley.session.api.Credentials;
import parley.session.api.SessionEndpoint;
import parley.session.api.SessionHeader;
import parley.session.core.ConversationPorts;
import parley.session.core.Conversations;
import parley.session.core.Disclosures;
import parley.session.core.MemberErrands;
import parley.session.core.NodeSources;
import parley.session.core.ReplaceErrands;
import parley.session.core.SettleErrands;
import parley.session.redis.StoredBodies;

/// A node for a rehearsal: takes members in as a [SessionNode] does, on a free port of this
/// machine, but stands in no directory, looks after nobody, and writes neither log lines nor
/// figures that anybody reads.
final class Stage implements AutoCloseable {
  private static final HostPort ANYWHERE = new HostPort("127.0.0.1", 0);

  private final Lifecycle lifecycle = new Lifecycle();
  private final ServingPort port;

  /// @param config with keys, seals and places in Redis of the rehearsal's own
  Stage(SessionConfig config, NodeContext context) {
    try {
      RedisConfig redis = config.redis();
      StoredBodies bodies = new StoredBodies();
      NodeTimers timers = lifecycle.own(new NodeTimers(context.id()));
      RedisHistory history = lifecycle.own(RedisHistory.open(redis, config.retention(), context));
      Relay relay =
          lifecycle.own(
              RedisRelay.start(
                  redis, ServiceName.SESSION.text(), config.retention(), config.relay(), context));
      ConversationPorts needs =
          new ConversationPorts(
              bodies, Disclosures.load(), new UnreadJournal(), timers, history, (_, _, _) -> false);
      Conversations talks =
          Conversations.over(
              relay,
              needs,
              errands(redis, relay, bodies, context),
              config.limits(),
              config.presence(),
              new NodeSources(context.steady(), context.random()));
      AccessTokens tokens = AccessTokens.forgetful(config.auth(), context);
      CallerInterceptor callers =
          lifecycle.own(CallerInterceptor.open(tokens, _ -> false, Set.of(), context));
      UnaryCalls unary = lifecycle.own(new UnaryCalls(config.concurrentCalls(), context));
      Credentials credentials =
          Credentials.open(config.seals(), context.clock(), config.passLife());
      port =
          lifecycle.own(
              ServingPort.open(
                  ServingPortConfig.at(ANYWHERE),
                  List.of(callers, new SessionHeader()),
                  List.of(new SessionEndpoint(talks, credentials, config.queue(), timers, unary)),
                  context));
    } catch (RuntimeException failure) {
      lifecycle.close();
      throw failure;
    }
  }

  HostPort address() {
    return port.address();
  }

  @Override
  public void close() {
    lifecycle.close();
  }

  /// Nothing is ever in its outbox.
  private MemberErrands errands(
      RedisConfig redis, Relay relay, StoredBodies bodies, NodeContext context) {
    NodeId node = context.id();
    RedisOutbox outbox = lifecycle.own(RedisOutbox.open(redis, context));
    return new MemberErrands(
        lifecycle.own(
            new SettleErrands(outbox, SessionWatch.SETTLES, new NobodySettles(), bodies, node)),
        lifecycle.own(new ReplaceErrands(outbox, SessionWatch.REPLACED, relay, node)));
  }
}
