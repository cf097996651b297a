package parley.session;

import java.util.List;
import java.util.Set;
import parley.domain.NodeId;
import parley.platform.auth.AccessTokens;
import parley.platform.auth.CallerInterceptor;
import parley.platform.config.HostPort;
import parley.platform.config.Settings;
import parley.platform.discovery.MeshChannels;
import parley.platform.discovery.ServiceName;
import parley.platform.grpc.UnaryCalls;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.Node;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.relay.Relay;
import parley.relay.redis.RedisRelay;
import parley.session.api.Credentials;
import parley.session.api.InboxEndpoint;
import parley.session.api.SessionEndpoint;
import parley.session.api.SessionHeader;
import parley.session.core.ConversationPorts;
import parley.session.core.Conversations;
import parley.session.core.Inboxes;
import parley.session.core.NodeSources;
import parley.session.redis.StoredBodies;

/// One node of session-svc.
public final class SessionNode implements Node {
  private final Lifecycle lifecycle = new Lifecycle();
  private final NodeContext context;
  private final SessionConfig config;
  private final NodePorts ports;
  private final SessionDoor door;

  private SessionNode(SessionConfig config, NodeContext context) {
    this.context = context;
    this.config = config;
    try {
      RedisConfig redis = config.redis();
      StoredBodies bodies = new StoredBodies();
      MeshChannels others = lifecycle.own(MeshChannels.open(redis, context));
      SessionStores stores = lifecycle.own(SessionStores.open(config, others, context));
      SessionWatch watch = lifecycle.own(SessionWatch.open(config, bodies, others, context));
      NodeTimers timers = lifecycle.own(new NodeTimers(context.id()));
      SessionJournal journal = new SessionJournal(context.meters());
      ConversationPorts needs = stores.ports(bodies, journal, timers);
      Relay relay =
          lifecycle.own(
              RedisRelay.start(
                  redis, ServiceName.SESSION.text(), config.retention(), config.relay(), context));
      NodeSources sources = new NodeSources(context.steady(), context.random());
      Conversations talks =
          Conversations.over(
              relay, needs, watch.errands(relay), config.limits(), config.presence(), sources);
      journal.countStreams(talks::streams);
      var revocations = lifecycle.own(RevocationWatch.start(redis, talks, timers, context));
      AccessTokens tokens = AccessTokens.open(config.auth(), context);
      CallerInterceptor callers =
          lifecycle.own(CallerInterceptor.open(tokens, revocations::revoked, Set.of(), context));
      UnaryCalls unary = lifecycle.own(new UnaryCalls(config.concurrentCalls(), context));
      Credentials credentials =
          Credentials.open(config.seals(), context.clock(), config.passLife());
      SessionEndpoint endpoint =
          new SessionEndpoint(talks, credentials, config.queue(), timers, unary);
      UnaryCalls mesh = lifecycle.own(new UnaryCalls(config.concurrentCalls(), context));
      InboxEndpoint inboxes = new InboxEndpoint(new Inboxes(relay, bodies), mesh);
      var served = new NodePorts.Served(List.of(callers, new SessionHeader()), endpoint, inboxes);
      ports = NodePorts.open(config, served, lifecycle, context);
      door = lifecycle.own(SessionDoor.enter(config, ports, talks, relay, context));
      watch.start(relay, stores.history(), journal, timers, config.presence());
    } catch (RuntimeException failure) {
      lifecycle.close();
      throw failure;
    }
  }

  /// For a process of its own, whose code is cold: it rehearses first.
  public static SessionNode start(Settings settings) {
    SessionConfig config = SessionConfig.read(settings);
    NodeContext context = NodeContext.of(config.node().id());
    int _ = Rehearsal.hold(config, context);
    return start(config, context);
  }

  public static SessionNode start(SessionConfig config, NodeContext context) {
    return new SessionNode(config, context);
  }

  @Override
  public NodeId id() {
    return context.id();
  }

  /// Where public calls are served.
  public HostPort serving() {
    return ports.serving().address();
  }

  /// Where our other services call.
  public HostPort mesh() {
    return ports.mesh().address();
  }

  public HostPort adminGrpc() {
    return ports.admin().grpc();
  }

  public HostPort adminHttp() {
    return ports.admin().http();
  }

  @Override
  public void drain() {
    door.drain(config.drain());
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
