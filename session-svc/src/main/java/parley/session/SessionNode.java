package parley.session;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import parley.domain.NodeId;
import parley.platform.auth.AccessTokens;
import parley.platform.auth.CallerInterceptor;
import parley.platform.auth.Revocations;
import parley.platform.auth.Seals;
import parley.platform.config.HostPort;
import parley.platform.discovery.MeshChannels;
import parley.platform.discovery.NodeDirectory;
import parley.platform.discovery.NodeLease;
import parley.platform.discovery.NodeState;
import parley.platform.discovery.RegisteredNode;
import parley.platform.discovery.ServiceName;
import parley.platform.grpc.AdminPort;
import parley.platform.grpc.ServingPort;
import parley.platform.grpc.UnaryCalls;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.Node;
import parley.platform.lifecycle.NodeContext;
import parley.relay.Relay;
import parley.relay.redis.RedisRelay;
import parley.session.api.Credentials;
import parley.session.api.SessionEndpoint;
import parley.session.api.SessionHeader;
import parley.session.clients.MeshSettlement;
import parley.session.core.ConversationPorts;
import parley.session.core.Conversations;
import parley.session.core.NodeSources;
import parley.session.redis.StoredBodies;

/// One node of session-svc.
public final class SessionNode implements Node {
  private static final ServiceName SERVICE = ServiceName.SESSION;
  private static final int UNARY_CALLS = 5_000;

  private final NodeContext context;
  private final SessionConfig config;
  private final Lifecycle lifecycle;
  private final ServingPort serving;
  private final AdminPort admin;
  private final SessionDrain drain;

  private SessionNode(SessionConfig config, NodeContext context, Lifecycle lifecycle) {
    this.context = context;
    this.config = config;
    this.lifecycle = lifecycle;
    NodeDirectory directory = lifecycle.own(NodeDirectory.over(config.redis()));
    MeshChannels mesh = lifecycle.own(MeshChannels.over(directory, context));
    MeshSettlement settlement = lifecycle.own(new MeshSettlement(mesh.channel(ServiceName.MATCH)));
    NodeTimers timers = lifecycle.own(new NodeTimers(context.id()));
    SessionJournal journal = new SessionJournal(context.meters());
    Relay relay =
        lifecycle.own(
            RedisRelay.start(
                config.redis(), SERVICE.text(), config.retention(), config.relay(), context));
    Conversations conversations =
        Conversations.over(
            relay,
            new ConversationPorts(new StoredBodies(), settlement, journal, timers),
            config.limits(),
            new NodeSources(context.clock(), context.random()));
    journal.countStreams(conversations::streams);
    Revocations revocations = lifecycle.own(Revocations.follow(config.redis(), context));
    revocations.onRevoked(revocation -> conversations.revoke(revocation::covers));
    CallerInterceptor callers =
        lifecycle.own(
            CallerInterceptor.open(
                AccessTokens.open(config.auth(), context),
                revocations::revoked,
                Set.of(),
                context));
    UnaryCalls unary = lifecycle.own(new UnaryCalls(UNARY_CALLS));
    Credentials credentials =
        new Credentials(Seals.open(config.seals()), context.clock(), config.passLife());
    serving =
        lifecycle.own(
            ServingPort.open(
                config.servingPort(),
                List.of(callers, new SessionHeader()),
                List.of(new SessionEndpoint(conversations, credentials, config.queue(), unary)),
                context));
    admin =
        lifecycle.own(AdminPort.open(config.adminGrpc(), config.adminHttp(), List.of(), context));
    RegisteredNode self =
        new RegisteredNode(
            SERVICE, context.id(), serving.address(), serving.address(), NodeState.READY);
    NodeLease lease = lifecycle.own(NodeLease.hold(config.redis(), self, config.lease(), context));
    drain = new SessionDrain(lease, serving, admin, conversations);
    serving.ready();
    admin.ready();
  }

  /// Opens everything; what was opened is closed if a later part cannot be.
  public static SessionNode start(SessionConfig config, NodeContext context) {
    Lifecycle lifecycle = new Lifecycle();
    try {
      return new SessionNode(config, context, lifecycle);
    } catch (RuntimeException failed) {
      lifecycle.close();
      throw failed;
    }
  }

  @Override
  public NodeId id() {
    return context.id();
  }

  /// Where public calls are served.
  public HostPort serving() {
    return serving.address();
  }

  /// What `/metrics` shows.
  MeterRegistry meters() {
    return context.meters();
  }

  public HostPort adminGrpc() {
    return admin.grpc();
  }

  public HostPort adminHttp() {
    return admin.http();
  }

  @Override
  public void drain() {
    drain.run(config.doorPause(), config.drainWithin());
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
