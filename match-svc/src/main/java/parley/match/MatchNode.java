package parley.match;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import parley.domain.Cohort;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.match.api.Entrance;
import parley.match.api.EventMapper;
import parley.match.api.FindPeerStreams;
import parley.match.api.MatchEndpoint;
import parley.match.api.RefusalEndpoint;
import parley.match.api.SettlementEndpoint;
import parley.match.clients.MeshAiPeers;
import parley.match.clients.MeshInboxes;
import parley.match.clients.MeshInboxes.Words;
import parley.match.core.Pools;
import parley.match.core.Refusals;
import parley.match.core.Settling;
import parley.match.core.TicketOwner;
import parley.match.core.port.Inboxes;
import parley.match.redis.LossListener;
import parley.match.redis.RedisMatch;
import parley.platform.auth.PersonsOnly;
import parley.platform.auth.Seals;
import parley.platform.config.HostPort;
import parley.platform.discovery.MeshChannels;
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

/// One node of match-svc: composed here, top-down, closed in reverse.
public final class MatchNode implements Node {
  private static final int MESH_CALLS = 2_000;

  private final Lifecycle lifecycle;
  private final NodeId id;
  private final MatchConfig config;
  private final RedisMatch redis;
  private final TicketOwner owner;
  private final ServingPort serving;
  private final AdminPort admin;
  private final NodeLease lease;

  private MatchNode(MatchConfig config, NodeContext context, Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
    this.id = context.id();
    this.config = config;
    redis = lifecycle.own(RedisMatch.open(config.redis(), config.times(), config.lease(), context));
    NodeTasks tasks = lifecycle.own(new NodeTasks(context.id()));
    MatchJournal journal = new MatchJournal(context.meters());
    Supplier<Pools> pools = PoolFile.open(config.pools());
    EventMapper mapper = new EventMapper(Seals.open(config.seals()), config.times());
    MeshChannels others = lifecycle.own(MeshChannels.open(config.redis(), context));
    Inboxes inboxes = new MeshInboxes(others, new Words(mapper::replacing, mapper::replacing));
    owner =
        new TicketOwner(
            new TicketOwner.Parts(
                redis.pool(),
                redis.board(),
                new MeshAiPeers(others, mapper::grant),
                inboxes,
                config.times(),
                pools,
                journal,
                () -> SessionId.random(context.random()),
                tasks,
                context.steady()));
    tasks.everyTick(context.steady(), owner::tick);
    BlockKeeping blocks = lifecycle.own(BlockKeeping.open(config.postgres(), redis, context));
    redis.tell(owner::learn, taking(blocks));
    blocks.start();
    Settling settling = new Settling(redis.pool(), inboxes, journal);
    ServingPort mesh = openMesh(settling, blocks.refusals(), context);
    FindPeerStreams streams = new FindPeerStreams(mapper, tasks, config.streams());
    journal.countStreams(streams::size);
    serving = openServing(pools, streams, mapper, context);
    admin = lifecycle.own(AdminPort.open(config.node(), List.of(), context));
    RegisteredNode self =
        new RegisteredNode(
            ServiceName.MATCH, context.id(), serving.address(), mesh.address(), NodeState.READY);
    lease = lifecycle.own(NodeLease.hold(config.redis(), self, config.lease(), context));
    serving.ready();
    mesh.ready();
    admin.ready();
  }

  public static MatchNode start(MatchConfig config, NodeContext context) {
    Lifecycle lifecycle = new Lifecycle();
    try {
      return new MatchNode(config, context, lifecycle);
    } catch (RuntimeException failed) {
      lifecycle.close();
      throw failed;
    }
  }

  private LossListener taking(BlockKeeping blocks) {
    return new LossListener() {
      @Override
      public void refill(Cohort cohort) {
        blocks.refill(cohort);
      }

      @Override
      public void enterAgain(Cohort cohort) {
        owner.enterAgain(cohort);
      }
    };
  }

  /// With permits of its own: however many people call, our own services are heard.
  private ServingPort openMesh(Settling settling, Refusals refusals, NodeContext context) {
    UnaryCalls calls = lifecycle.own(new UnaryCalls(MESH_CALLS, context));
    return lifecycle.own(
        ServingPort.open(
            ServingPortConfig.at(config.mesh()),
            List.of(),
            List.of(new SettlementEndpoint(settling, calls), new RefusalEndpoint(refusals, calls)),
            context));
  }

  private ServingPort openServing(
      Supplier<Pools> pools, FindPeerStreams streams, EventMapper mapper, NodeContext context) {
    Entrance entrance =
        lifecycle.own(Entrance.open(config.auth(), config.redis(), streams, context));
    UnaryCalls calls = lifecycle.own(new UnaryCalls(config.unaryCalls(), context));
    return lifecycle.own(
        ServingPort.open(
            ServingPortConfig.at(config.serving()),
            List.of(entrance.callers(), new PersonsOnly()),
            List.of(new MatchEndpoint(owner, streams, entrance, pools, mapper, calls)),
            context));
  }

  @Override
  public NodeId id() {
    return id;
  }

  /// Whether it pairs people: not before it knows who must not meet.
  public boolean pairs() {
    return redis.acts();
  }

  public HostPort serving() {
    return serving.address();
  }

  public HostPort adminGrpc() {
    return admin.grpc();
  }

  public HostPort adminHttp() {
    return admin.http();
  }

  @Override
  public void drain() {
    lease.drain();
    serving.draining();
    admin.draining();
    LockSupport.parkNanos(config.doorPause().toNanos());
    owner.drain();
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
