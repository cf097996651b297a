package parley.relay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import parley.domain.SessionId;
import parley.platform.lifecycle.NodeContext;

/// One node's relay: appends to logs and gives their entries to live subscribers, here and, through
/// the other nodes' relays, elsewhere.
///
/// Every call returns at once; what comes of it comes on one thread, the one of the session's share
/// of the logs, after the commit. What one session is asked for is done in the order asked.
public final class Relay implements AutoCloseable {
  private final NodeContext context;
  private final AppendLogs logs;
  private final Neighbours neighbours;
  private final NodeLife self;
  private final List<Branch> branches = new ArrayList<>();

  private Relay(NodeContext context, AppendLogs logs, Neighbours neighbours, RelayLimits limits) {
    this.context = context;
    this.logs = logs;
    this.neighbours = neighbours;
    RelayMetrics metrics = new RelayMetrics(context.meters());
    self = new NodeLife(context.id(), context.random().nextLong());
    for (AppendLog log : logs.shares()) {
      String name = context.id() + "-relay-" + (branches.size() + 1);
      branches.add(new Branch(context, name, log, neighbours, limits, metrics));
    }
  }

  /// Starts a relay that owns `logs` and `neighbours`.
  ///
  /// @param limits of each share of the logs
  public static Relay start(
      NodeContext context, AppendLogs logs, Neighbours neighbours, RelayLimits limits) {
    Relay relay = new Relay(context, logs, neighbours, limits);
    relay.neighbours.listen(relay::noticed, () -> relay.branches.forEach(Branch::compareAll));
    relay.branches.forEach(Branch::start);
    return relay;
  }

  /// This process, as it is named where its members are watched.
  public NodeLife self() {
    return self;
  }

  /// Makes the session if need be and attaches a member: the subscriber is told `attached`, or how
  /// it ended (`unavailable` also if too much waits already). Older streams of the member end with
  /// `takenOver`.
  public Subscription attach(Arrival arrival, Subscriber subscriber) {
    Branch branch = branch(arrival.session());
    Subscription subscription = new Subscription(branch.audience(), arrival, subscriber);
    Attendance kept = arrival.attendance();
    LogRequest.Attach attach =
        new LogRequest.Attach(
            arrival.session(),
            arrival.member(),
            self,
            arrival.enterBy(),
            kept == null ? null : kept.who(),
            kept == null ? null : kept.replaces());
    AttachHandler handler =
        new AttachHandler(branch.audience(), branch.inbox(), subscription, open(arrival), attach);
    if (!branch.inbox().offer(new Work.Request(attach, handler))) {
      branch.inbox().addTask(() -> subscription.end(subscriber::unavailable));
    }
    return subscription;
  }

  /// False if too much waits already: then the message was not taken and `reply` is not called.
  public boolean append(SessionId session, Message message, AppendReply reply) {
    return branch(session).inbox().offer(new Work.Append(session, message, reply));
  }

  /// Appends what no member wrote to a log that nobody watches, of one member, made if need be. The
  /// same delivery id again, as long as the entry is kept, is a duplicate.
  public void deliver(SessionId session, String delivery, Body body, AppendReply reply) {
    int epoch = 1 + context.random().nextInt(Integer.MAX_VALUE);
    Draft draft = byNoMember(body);
    LogRequest request = new LogRequest.Deliver(session, epoch, delivery, draft);
    Audience audience = branch(session).audience();
    offerOrRefuse(new Work.Request(request, new DeliverHandler(audience, session, draft, reply)));
  }

  /// Closes a session for everybody; closed already, it stays as it was. Every subscriber gets what
  /// came before, then `closed`.
  public void close(SessionId session, Closing closing, FactsReply reply) {
    close(new LogRequest.Close(session, closing), reply);
  }

  /// As `close`, unless the member came back meanwhile: then the facts have no closing.
  public void closeIfLost(SessionId session, Closing closing, Lost member, FactsReply reply) {
    close(new LogRequest.Close(session, closing, member), reply);
  }

  /// Keeps a sign of a member's attachment and tells everybody whom it moves. An older attachment
  /// than the newest changes nothing: the facts show it. Whoever has not heard yet that the session
  /// is closed, hears it now.
  public void note(SessionId session, int member, long attachment, Sign sign, FactsReply reply) {
    Work.AnswerHandler handler =
        new FactsHandler(reply) {
          @Override
          public void answered(LogAnswer answer) {
            if (answer instanceof LogAnswer.Signed kept) {
              Audience audience = branch(session).audience();
              audience.signed(new Notice.Signed(session, member, attachment, sign), kept);
              audience.closed(session, kept.facts());
            }
            super.answered(answer);
          }
        };
    offerOrRefuse(
        new Work.Request(new LogRequest.Note(session, member, attachment, sign), handler));
  }

  /// Keeps how far a member has come, if this is its newest attachment and the session is open, and
  /// tells everybody. No number goes down, and none beyond the tip.
  public void receive(
      SessionId session, int member, long attachment, Receipt upTo, FactsReply reply) {
    Work.AnswerHandler handler =
        new FactsHandler(reply) {
          @Override
          public void answered(LogAnswer answer) {
            if (answer instanceof LogAnswer.Received kept && kept.changed()) {
              branch(session).audience().received(session, member, kept.facts());
            }
            super.answered(answer);
          }
        };
    offerOrRefuse(
        new Work.Request(new LogRequest.Receive(session, member, attachment, upTo), handler));
  }

  /// Looks at the watched sessions of a bucket whose time has come, and tells everybody of members
  /// who are marked away by that. Any node may do so at any time; a bucket that another one looks
  /// after is left to it.
  ///
  /// @param lives of all nodes whose lease lasts; empty if that is not known
  public void look(Bucket bucket, WatchRule rule, List<NodeLife> lives, LookReply reply) {
    offerOrRefuse(
        new Work.Request(
            new LogRequest.Tick(bucket, self.node(), rule, lives),
            new LookHandler(branch(bucket.someSession()).audience(), reply)));
  }

  private void close(LogRequest.Close request, FactsReply reply) {
    SessionId session = request.session();
    Work.AnswerHandler handler =
        new FactsHandler(reply) {
          @Override
          public void answered(LogAnswer answer) {
            if (answer instanceof LogAnswer.Facts closed) {
              branch(session).audience().closed(session, closed.facts());
            }
            super.answered(answer);
          }
        };
    offerOrRefuse(new Work.Request(request, handler));
  }

  public void look(SessionId session, FactsReply reply) {
    offerOrRefuse(new Work.Request(new LogRequest.Look(session), new FactsHandler(reply)));
  }

  /// To every other member who listens now, if the session is open and this the member's newest
  /// attachment; kept nowhere, may be lost.
  public void murmur(SessionId session, int member, long attachment, Body body) {
    Branch branch = branch(session);
    Notice.Murmur murmur = new Notice.Murmur(session, member, body);
    branch.inbox().addTask(() -> branch.audience().murmured(murmur, attachment));
  }

  /// Ends the streams that are left with `unavailable`, then closes what the relay owns.
  @Override
  public void close() {
    branches.forEach(Branch::close);
    neighbours.close();
  }

  private LogRequest.Open open(Arrival arrival) {
    Attendance kept = arrival.attendance();
    return new LogRequest.Open(
        arrival.session(),
        1 + context.random().nextInt(Integer.MAX_VALUE),
        arrival.members(),
        arrival.enterBy(),
        kept == null ? null : watched(kept.beginning()));
  }

  private LogRequest.Watched watched(Beginning beginning) {
    Body opening = beginning.opening();
    return new LogRequest.Watched(
        beginning.about(), opening == null ? null : byNoMember(opening), beginning.patience());
  }

  private Draft byNoMember(Body body) {
    Instant now = Instant.ofEpochMilli(context.clock().millis());
    return new Draft(0, 0, 0, context.random().nextInt() & Integer.MAX_VALUE, now, body);
  }

  private Branch branch(SessionId session) {
    return branches.get(logs.shareOf(session));
  }

  private void noticed(List<Notice> notices) {
    notices.stream()
        .collect(Collectors.groupingBy(notice -> branch(notice.session())))
        .forEach(Branch::noticed);
  }

  private void offerOrRefuse(Work.Request request) {
    if (!branch(request.session()).inbox().offer(request)) {
      request.unavailable();
    }
  }

  private static class FactsHandler implements Work.AnswerHandler {
    private final FactsReply reply;

    FactsHandler(FactsReply reply) {
      this.reply = reply;
    }

    @Override
    public void answered(LogAnswer answer) {
      switch (answer) {
        case LogAnswer.Facts facts -> reply.answered(Optional.of(facts.facts()));
        case LogAnswer.Signed signed -> reply.answered(Optional.of(signed.facts()));
        case LogAnswer.Received received -> reply.answered(Optional.of(received.facts()));
        case LogAnswer.Missing _ -> reply.answered(Optional.empty());
        case LogAnswer.Opened _,
            LogAnswer.TooLate _,
            LogAnswer.Appended _,
            LogAnswer.Ticked _,
            LogAnswer.LeasedElsewhere _,
            LogAnswer.Page _,
            LogAnswer.Failed _ ->
            reply.unavailable();
      }
    }

    @Override
    public void unavailable() {
      reply.unavailable();
    }
  }
}
