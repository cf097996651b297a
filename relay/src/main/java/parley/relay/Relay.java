package parley.relay;

import java.util.Optional;
import parley.domain.SessionId;
import parley.platform.lifecycle.NodeContext;

/// One node's relay: appends to logs and gives their entries to live subscribers, here and, through
/// the other nodes' relays, elsewhere.
///
/// Every call returns at once; what comes of it comes on the relay's one thread, after the commit.
/// What one session is asked for is done in the order asked.
public final class Relay implements AutoCloseable {
  private final NodeContext context;
  private final AppendLog log;
  private final Neighbours neighbours;
  private final Inbox inbox;
  private final Audience audience;
  private final CommitLoop loop;

  private Relay(NodeContext context, AppendLog log, Neighbours neighbours, RelayLimits limits) {
    this.context = context;
    this.log = log;
    this.neighbours = neighbours;
    RelayMetrics metrics = new RelayMetrics(context.meters());
    inbox = new Inbox(limits);
    audience = new Audience(context.id(), inbox, new NoticeOutbox(neighbours), limits, metrics);
    loop = new CommitLoop(context, log, inbox, audience, limits, metrics);
  }

  /// Starts a relay that owns `log` and `neighbours`.
  public static Relay start(
      NodeContext context, AppendLog log, Neighbours neighbours, RelayLimits limits) {
    Relay relay = new Relay(context, log, neighbours, limits);
    relay.listen();
    relay.loop.start();
    return relay;
  }

  /// Makes the session if need be and attaches a member: the subscriber is told `attached`, or how
  /// it ended. Older streams of the member end with `takenOver`.
  public Subscription attach(Arrival arrival, Subscriber subscriber) {
    Subscription subscription = new Subscription(audience, arrival, subscriber);
    int epoch = 1 + context.random().nextInt(Integer.MAX_VALUE);
    inbox.add(
        new Work.Request(
            new LogRequest.Open(arrival.session(), epoch, arrival.members(), arrival.enterBy()),
            IGNORED),
        new Work.Request(
            new LogRequest.Attach(
                arrival.session(), arrival.member(), context.id(), arrival.enterBy()),
            attachHandler(subscription)));
    return subscription;
  }

  /// False if too much waits already: then the message was not taken and `reply` is not called.
  public boolean append(SessionId session, Message message, AppendReply reply) {
    return inbox.offer(new Work.Append(session, message, reply));
  }

  /// Closes a session for everybody; closed already, it stays as it was. Every subscriber gets what
  /// came before, then `closed`.
  public void close(SessionId session, Closing closing, FactsReply reply) {
    Work.AnswerHandler handler =
        new FactsHandler(reply) {
          @Override
          public void answered(LogAnswer answer) {
            if (answer instanceof LogAnswer.Facts closed) {
              audience.closed(session, closed.facts());
            }
            super.answered(answer);
          }
        };
    offerOrRefuse(new Work.Request(new LogRequest.Close(session, closing), handler));
  }

  public void look(SessionId session, FactsReply reply) {
    offerOrRefuse(new Work.Request(new LogRequest.Look(session), new FactsHandler(reply)));
  }

  /// To every other member who listens now; kept nowhere, may be lost.
  public void murmur(SessionId session, int member, Body body) {
    inbox.addTask(() -> audience.murmured(new Notice.Murmur(session, member, body)));
  }

  /// Ends the streams that are left with `unavailable`, then closes what the relay owns.
  @Override
  public void close() {
    loop.close();
    neighbours.close();
    log.close();
  }

  private void listen() {
    neighbours.listen(
        notices -> inbox.addTask(() -> notices.forEach(audience::noticed)),
        () -> inbox.addTask(audience::compareTips));
  }

  private void offerOrRefuse(Work.Request request) {
    if (!inbox.offer(request)) {
      request.unavailable();
    }
  }

  private Work.AnswerHandler attachHandler(Subscription subscription) {
    Subscriber subscriber = subscription.subscriber();
    return new Work.AnswerHandler() {
      @Override
      public void answered(LogAnswer answer) {
        switch (answer) {
          case LogAnswer.Facts attached -> audience.attached(subscription, attached.facts());
          case LogAnswer.TooLate _, LogAnswer.Missing _ -> subscription.end(subscriber::tooLate);
          case LogAnswer.Opened _, LogAnswer.Appended _, LogAnswer.Page _, LogAnswer.Failed _ ->
              subscription.end(subscriber::unavailable);
        }
      }

      @Override
      public void unavailable() {
        subscription.end(subscriber::unavailable);
      }
    };
  }

  private static final Work.AnswerHandler IGNORED =
      new Work.AnswerHandler() {
        @Override
        public void answered(LogAnswer answer) {
          // The attach that follows is answered by what this one did.
        }

        @Override
        public void unavailable() {
          // The attach that follows is told.
        }
      };

  private static class FactsHandler implements Work.AnswerHandler {
    private final FactsReply reply;

    FactsHandler(FactsReply reply) {
      this.reply = reply;
    }

    @Override
    public void answered(LogAnswer answer) {
      switch (answer) {
        case LogAnswer.Facts facts -> reply.answered(Optional.of(facts.facts()));
        case LogAnswer.Missing _ -> reply.answered(Optional.empty());
        case LogAnswer.Opened _,
            LogAnswer.TooLate _,
            LogAnswer.Appended _,
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
