package parley.bot;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import parley.bot.api.BotEndpoint;
import parley.bot.clients.LoopStrand;
import parley.bot.clients.MeshSessions;
import parley.bot.core.Invitation;
import parley.bot.core.Openings;
import parley.bot.core.Places;
import parley.bot.core.Talk;
import parley.bot.core.companion.Invention.Share;
import parley.bot.core.conduct.Budget;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.port.Sessions;
import parley.bot.core.port.Talkers;
import parley.bot.langchain.OpenAiTalkers;
import parley.domain.NodeId;
import parley.domain.ParticipantId;
import parley.platform.config.HostPort;
import parley.platform.discovery.MeshChannels;
import parley.platform.discovery.NodeLease;
import parley.platform.discovery.NodeState;
import parley.platform.discovery.RegisteredNode;
import parley.platform.discovery.Room;
import parley.platform.discovery.ServiceName;
import parley.platform.grpc.AdminPort;
import parley.platform.grpc.ServingPort;
import parley.platform.grpc.ServingPortConfig;
import parley.platform.grpc.UnaryCalls;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.Node;
import parley.platform.lifecycle.NodeContext;

/// One node of bot-svc: composed here, top-down, closed in reverse. It knows Redis as the directory
/// of nodes and as nothing else.
public final class BotNode implements Node {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Duration LET_GO_WITHIN = Duration.ofSeconds(2);

  private final Lifecycle lifecycle;
  private final NodeContext context;
  private final BotConfig config;
  private final BotJournal journal;
  private final Talkers talkers;
  private final Conduct conduct;
  private final Budget budget;
  private final Openings openings = Openings.load();
  private final Sessions sessions;
  private final Places places;
  private final ServingPort mesh;
  private final AdminPort admin;
  private final NodeLease lease;

  private BotNode(BotConfig config, NodeContext context, Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
    this.context = context;
    this.config = config;
    this.journal = new BotJournal(context.meters());
    Conduct rules = Conduct.load();
    talkers =
        config
            .provider()
            .<Talkers>map(found -> lifecycle.own(new OpenAiTalkers(found, journal, context)))
            .orElseGet(() -> companions(rules));
    conduct = guarding(rules, talkers);
    budget = new Budget(config.budget());
    sessions = new MeshSessions(lifecycle.own(MeshChannels.open(config.redis(), context)));
    places =
        new Places(
            config.places(),
            this::begin,
            talkers::isReady,
            journal,
            context.steady(),
            context.random());
    journal.countPlaces(places::taken, config.places().most());
    lifecycle.own(this::letGo);
    UnaryCalls calls = lifecycle.own(new UnaryCalls(config.concurrentCalls(), context));
    mesh =
        lifecycle.own(
            ServingPort.open(
                ServingPortConfig.at(config.mesh()),
                List.of(),
                List.of(new BotEndpoint(places, talkers, context.id(), calls)),
                context));
    admin = lifecycle.own(AdminPort.open(config.node(), List.of(), context));
    // It serves nobody but our own services: the door does not route here.
    RegisteredNode self =
        new RegisteredNode(
            ServiceName.BOT, context.id(), mesh.address(), mesh.address(), NodeState.READY);
    lease =
        lifecycle.own(
            NodeLease.hold(
                config.redis(), self, () -> new Room(places.vacant()), config.lease(), context));
    mesh.ready();
    admin.ready();
  }

  public static BotNode start(BotConfig config, NodeContext context) {
    Lifecycle lifecycle = new Lifecycle();
    try {
      return new BotNode(config, context, lifecycle);
    } catch (RuntimeException failed) {
      lifecycle.close();
      throw failed;
    }
  }

  private static Conduct guarding(Conduct rules, Talkers talkers) {
    Conduct conduct = rules;
    for (String secret : talkers.secrets()) {
      conduct = conduct.guarding(secret);
    }
    return conduct;
  }

  private Talkers companions(Conduct rules) {
    CompanionBox box =
        new CompanionBox(
            new CompanionBox.Parts(
                config.banks(), config.model(), config.modelWithin(), Share.THE_REST),
            rules,
            journal,
            context);
    return lifecycle.own(box).talkers();
  }

  private Talk begin(ParticipantId peer, Invitation invitation, Runnable over) {
    Talk talk =
        new Talk(
            new Talk.Parts(
                new LoopStrand(context.id() + "-talk"),
                talkers.begin(),
                conduct.towards(invitation.person().cohort()),
                budget.open(invitation.person().device()),
                config.times(),
                openings,
                context.clock(),
                context.steady(),
                journal),
            invitation.person(),
            over);
    talk.begin(sessions, peer, invitation);
    return talk;
  }

  @Override
  public NodeId id() {
    return context.id();
  }

  public HostPort mesh() {
    return mesh.address();
  }

  public HostPort adminGrpc() {
    return admin.grpc();
  }

  public HostPort adminHttp() {
    return admin.http();
  }

  /// Takes nobody any more; its AI peers say goodbye and leave.
  @Override
  public void drain() {
    lease.drain();
    admin.draining();
    places.shut().forEach(Talk::shutdown);
    awaitNobody(config.goodbyeWithin());
    mesh.draining();
  }

  @Override
  public void close() {
    lifecycle.close();
  }

  /// What still talks is let go without a word.
  private void letGo() {
    places.shut().forEach(Talk::close);
    awaitNobody(LET_GO_WITHIN);
  }

  private void awaitNobody(Duration atMost) {
    var until = context.steady().instant().plus(atMost);
    while (places.taken() > 0 && context.steady().instant().isBefore(until)) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }
}
