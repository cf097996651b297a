package parley.identity;

import java.time.Duration;
import java.util.List;
import parley.domain.NodeId;
import parley.identity.api.AiTokenApi;
import parley.identity.api.IdentityApi;
import parley.identity.api.IdentityOpsApi;
import parley.identity.api.SealedTokenForms;
import parley.identity.core.AgeRule;
import parley.identity.core.AiTokens;
import parley.identity.core.Banning;
import parley.identity.core.Families;
import parley.identity.core.Guests;
import parley.identity.core.port.Remembered;
import parley.identity.redis.RedisMemory;
import parley.platform.auth.AccessTokens;
import parley.platform.auth.CallerInterceptor;
import parley.platform.auth.PersonsOnly;
import parley.platform.config.HostPort;
import parley.platform.config.Settings;
import parley.platform.discovery.NodeLease;
import parley.platform.discovery.NodeState;
import parley.platform.discovery.RegisteredNode;
import parley.platform.discovery.ServiceName;
import parley.platform.grpc.AdminPort;
import parley.platform.grpc.ServingPort;
import parley.platform.grpc.ServingPortConfig;
import parley.platform.grpc.UnaryCalls;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.Node;
import parley.platform.lifecycle.NodeContext;

/// One node of identity-svc: composed here, top-down, closed in reverse. Nodes hold no state of
/// their own.
public final class IdentityNode implements Node {
  private static final int OPERATORS_CALLS = 100;
  private static final int MESH_CALLS = 1_000;

  private final Lifecycle lifecycle = new Lifecycle();
  private final NodeContext context;
  private final ServingPort serving;
  private final ServingPort mesh;
  private final AdminPort admin;
  private final NodeLease lease;

  private IdentityNode(IdentityConfig config, NodeContext context) {
    this.context = context;
    try {
      SealedTokenForms forms =
          SealedTokenForms.open(config.keys(), config.seals(), config.auth(), context.clock());
      AccessTokens tokens = AccessTokens.open(config.auth(), context);
      Remembered remembered = lifecycle.own(RedisMemory.open(config.redis(), context)).remembered();
      AgeRule ages = new AgeRule(config.youngest(), context.clock());
      Families families = new Families(config.tokens(), ages, remembered, forms, context.random());
      Guests guests =
          new Guests(config.guests(), ages, remembered, forms, families, context.random());
      Banning banning = new Banning(remembered.bans(), remembered.revocations());

      UnaryCalls calls = lifecycle.own(new UnaryCalls(config.concurrentCalls(), context));
      // With permits of their own: however many people call, operators are heard.
      UnaryCalls operators = lifecycle.own(new UnaryCalls(OPERATORS_CALLS, context));
      IdentityOpsApi ops = new IdentityOpsApi(banning, config.banLasts(), operators, context);
      this.admin = lifecycle.own(AdminPort.open(config.node(), List.of(ops), context));
      // A revoked family may be revoked again: that is all its tokens still open here.
      CallerInterceptor callers =
          lifecycle.own(CallerInterceptor.open(tokens, _ -> false, IdentityApi.OPEN, context));
      IdentityApi api = new IdentityApi(guests, families, config.tokens(), calls, context);
      this.serving =
          lifecycle.own(
              ServingPort.open(
                  ServingPortConfig.at(config.serving()),
                  List.of(callers, new PersonsOnly()),
                  List.of(api),
                  context));
      this.mesh = openMesh(config, forms);
      serving.ready();
      mesh.ready();
      admin.ready();
      this.lease =
          lifecycle.own(NodeLease.hold(config.redis(), registered(), config.lease(), context));
    } catch (RuntimeException failure) {
      lifecycle.close();
      throw failure;
    }
  }

  /// With permits of its own: however many people call, our own services are heard.
  private ServingPort openMesh(IdentityConfig config, SealedTokenForms forms) {
    UnaryCalls calls = lifecycle.own(new UnaryCalls(MESH_CALLS, context));
    Duration life = config.tokens().accessLife();
    return lifecycle.own(
        ServingPort.open(
            ServingPortConfig.at(config.mesh()),
            List.of(),
            List.of(new AiTokenApi(new AiTokens(forms), life, calls, context)),
            context));
  }

  /// For a process of its own.
  public static IdentityNode start(Settings settings) {
    IdentityConfig config = IdentityConfig.read(settings);
    return start(config, NodeContext.of(config.node().id()));
  }

  public static IdentityNode start(IdentityConfig config, NodeContext context) {
    return new IdentityNode(config, context);
  }

  @Override
  public NodeId id() {
    return context.id();
  }

  /// Where the public calls are served.
  public HostPort serving() {
    return serving.address();
  }

  /// Where our own services call.
  public HostPort mesh() {
    return mesh.address();
  }

  public HostPort adminGrpc() {
    return admin.grpc();
  }

  public HostPort adminHttp() {
    return admin.http();
  }

  /// Leaves the door; calls are short, so there is nothing to wait for.
  @Override
  public void drain() {
    lease.drain();
    serving.draining();
    mesh.draining();
    admin.draining();
  }

  @Override
  public void close() {
    lifecycle.close();
  }

  private RegisteredNode registered() {
    return new RegisteredNode(
        ServiceName.IDENTITY, context.id(), serving.address(), mesh.address(), NodeState.READY);
  }
}
