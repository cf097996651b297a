package parley.relay;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.relay.Subscription.Origin;

/// Everybody who listens here, and who has to be told elsewhere. Loop's thread only.
final class Audience implements SubscriptionHost {
  /// Tips are not compared all at once.
  static final int PARTS = 8;

  private final Map<SessionId, HostedSession> sessions = new HashMap<>();
  private final Set<Subscription> touched = new LinkedHashSet<>();
  private final NodeId self;
  private final Inbox inbox;
  private final OtherNodes others;
  private final RelayLimits limits;
  private final RelayMetrics metrics;
  private final Guard guard;

  Audience(NodeId self, Inbox inbox, NoticeOutbox outbox, RelayMetrics metrics) {
    this.self = self;
    this.inbox = inbox;
    this.others = new OtherNodes(self, inbox, outbox);
    this.limits = inbox.limits();
    this.metrics = metrics;
    this.guard = new Guard(metrics);
  }

  void attached(Subscription arriving, SessionFacts facts) {
    int member = arriving.arrival().member();
    long attachment = facts.state().member(member).attachment();
    if (arriving.hasEnded()) {
      vacate(arriving, attachment, facts);
      return;
    }
    HostedSession hosted = sessions.computeIfAbsent(arriving.session(), HostedSession::new);
    hosted.add(arriving);
    hosted.learnEpoch(facts.state().epoch());
    hosted.learnPlaces(facts);
    hosted.learnPlace(member, self, attachment);
    metrics.subscribers(1);
    metrics.attached();
    arriving.attached(facts);
    if (arriving.hasEnded()) { // while it was told
      vacate(arriving, attachment, facts);
      return;
    }
    if (facts.closing() == null) {
      others.tell(hosted, new Notice.Attached(hosted.id(), member, attachment, self));
      memberIs(hosted, member, attachment, Sign.HERE);
    }
    endStreamsOfAnotherEpoch(hosted, facts.state());
  }

  /// Own commits: first the streams here, then the other nodes.
  void committed(SessionId session, int epoch, int previousCheck, List<LogEntry> entries) {
    forEach(session, s -> s.deliver(epoch, previousCheck, entries, Origin.OWN_COMMIT));
    tellOthers(session, new Notice.Entries(session, epoch, previousCheck, entries));
  }

  /// The log holds more than was delivered, perhaps.
  void reaches(SessionId session, long tip) {
    forEach(session, subscription -> subscription.hint(tip));
    tellOthers(session, new Notice.Tip(session, tip));
  }

  void closed(SessionId session, SessionFacts facts) {
    Closing closing = facts.closing();
    if (closing != null) {
      long tip = facts.state().tip().offset();
      forEach(session, subscription -> subscription.closing(closing, tip));
      others.tell(others.of(facts), new Notice.Closed(session, tip, closing));
    }
  }

  /// A sign that was kept: the others hear where the member is, and the member's own stream, at
  /// whichever node, that it lives.
  void signed(Notice.Signed signed, LogAnswer.Signed kept) {
    boolean current =
        kept.facts().state().member(signed.member()).attachment() == signed.attachment();
    if (current && (kept.changed() || signed.sign() == Sign.HERE)) {
      hear(signed);
      others.tell(
          kept.changed() ? others.of(kept.facts()) : othersOf(kept, signed.member()), signed);
    }
  }

  /// Found by a look that knows no more than this.
  void wentAway(Finding.WentAway found) {
    var signed = new Notice.Signed(found.session(), found.member(), found.attachment(), Sign.AWAY);
    hear(signed);
    tellOthers(found.session(), signed);
  }

  /// A member has come further, as the facts say.
  void received(SessionId session, int member, SessionFacts facts) {
    Receipt receipt = facts.receipts().getOrDefault(member, Receipt.NONE);
    Notice.Received received = new Notice.Received(session, member, receipt);
    hear(received);
    others.tell(others.of(facts), received);
  }

  /// A murmur of an attachment, for the streams here and elsewhere. Whether the attachment counts
  /// is looked up only if it is not known here.
  void murmured(Notice.Murmur murmur, long attachment) {
    HostedSession hosted = sessions.get(murmur.session());
    if (hosted != null && hosted.isNewest(murmur.member(), attachment)) {
      hear(murmur);
      others.tell(hosted, murmur);
      return;
    }
    others.look(
        murmur.session(),
        facts -> {
          if (facts != null
              && facts.state().open()
              && facts.state().member(murmur.member()).attachment() == attachment) {
            hear(murmur);
            others.tell(others.of(facts), murmur);
          }
        });
  }

  void tell(Set<NodeId> nodes, Notice notice) {
    others.tell(nodes, notice);
  }

  void noticed(Notice notice) {
    switch (notice) {
      case Notice.Entries entries ->
          forEach(
              entries.session(),
              subscription ->
                  subscription.deliver(
                      entries.epoch(), entries.previousCheck(), entries.entries(), Origin.NOTICE));
      case Notice.Attached attached -> attachedElsewhere(attached);
      case Notice.Signed signed -> hear(signed);
      case Notice.Received received -> hear(received);
      case Notice.Tip tip ->
          forEach(tip.session(), subscription -> subscription.hint(tip.offset()));
      case Notice.Closed closed ->
          forEach(
              closed.session(),
              subscription -> subscription.closing(closed.closing(), closed.tip()));
      case Notice.Murmur murmur -> hear(murmur);
    }
  }

  /// Asks the log about the sessions of one part that may have missed a notice.
  void compareTips(int part) {
    for (HostedSession hosted : sessions.values()) {
      if (hosted.isOfPart(part, PARTS) && !hosted.isWhole()) {
        compare(hosted);
      }
    }
  }

  /// After notices were missed: about every session. What no member wrote comes from any node, and
  /// a member whose stream is here may have come elsewhere too.
  void compareAll() {
    sessions.values().forEach(this::compare);
  }

  void invalidateCursors() {
    sessions.values().forEach(s -> s.subscriptions().forEach(Subscription::invalidate));
  }

  void lost(SessionId session) {
    forEach(session, s -> s.end(s.subscriber()::unavailable));
  }

  /// The log cannot be reached: every stream ends.
  void unavailable() {
    List.copyOf(sessions.keySet()).forEach(this::lost);
  }

  void endBatch() {
    if (!touched.isEmpty()) {
      List<Subscription> all = List.copyOf(touched);
      touched.clear();
      all.forEach(subscription -> guard.run(subscription, subscription::batchEnded));
    }
    others.send();
  }

  @Override
  public void later(Runnable task) {
    inbox.addTask(task);
  }

  @Override
  public void read(Subscription reader, long from, int count) {
    inbox.add(
        new Work.Request(
            new LogRequest.Read(reader.session(), from, count, limits.pageBytes()),
            new PageHandler(reader)));
  }

  @Override
  public void touched(Subscription subscription) {
    touched.add(subscription);
  }

  @Override
  public void gone(Subscription subscription) {
    HostedSession hosted = sessions.get(subscription.session());
    if (hosted != null && hosted.remove(subscription)) {
      metrics.subscribers(-1);
      if (hosted.subscriptions().isEmpty()) {
        sessions.remove(hosted.id());
      }
    }
  }

  @Override
  public RelayLimits limits() {
    return limits;
  }

  @Override
  public RelayMetrics metrics() {
    return metrics;
  }

  /// Nobody holds this attachment, and it fences off what may live elsewhere: that has to come
  /// again.
  private void vacate(Subscription gone, long attachment, SessionFacts facts) {
    if (facts.closing() == null) {
      var away = new Notice.Signed(gone.session(), gone.arrival().member(), attachment, Sign.AWAY);
      // The facts are those before it: who lost its place to it is in them, and then no more.
      inbox.add(
          new Work.Request(
              new LogRequest.Note(gone.session(), away.member(), away.attachment(), away.sign()),
              new VacatedHandler(this, away, others.of(facts))));
    }
  }

  /// Ends the member's older streams and tells the others' streams where it is. An attachment that
  /// nobody holds takes nothing over.
  private void memberIs(HostedSession hosted, int member, long attachment, Sign sign) {
    if (!hosted.learn(member, attachment)) {
      return;
    }
    for (Subscription subscription : hosted.subscriptions()) {
      Subscriber subscriber = subscription.subscriber();
      if (subscription.arrival().member() != member) {
        guard.run(
            subscription,
            switch (sign) {
              case HERE -> () -> subscriber.memberHere(member);
              case AWAY -> () -> subscriber.memberAway(member);
            });
      } else if (subscription.attachment() < attachment) {
        subscription.end(
            switch (sign) {
              case HERE -> subscriber::takenOver;
              case AWAY -> subscriber::unavailable;
            });
      } else if (sign == Sign.AWAY) {
        guard.run(subscription, () -> subscriber.signed(sign));
      }
    }
  }

  private void attachedElsewhere(Notice.Attached attached) {
    HostedSession hosted = sessions.get(attached.session());
    if (hosted == null) {
      return;
    }
    // What was appended before the newcomer's node was known here did not reach it as a notice.
    long tip = hosted.subscriptions().stream().mapToLong(Subscription::tip).max().orElse(0);
    others.tell(List.of(attached.node()), new Notice.Tip(attached.session(), tip));
    hosted.learnPlace(attached.member(), attached.node(), attached.attachment());
    memberIs(hosted, attached.member(), attached.attachment(), Sign.HERE);
  }

  private void compare(HostedSession hosted) {
    if (hosted.startComparing()) {
      others.look(hosted.id(), facts -> compared(hosted, facts));
    }
  }

  private void compared(HostedSession hosted, @Nullable SessionFacts facts) {
    boolean tellsAgain = hosted.endComparing();
    if (facts == null) {
      hosted.subscriptions().forEach(s -> guard.run(() -> s.end(s.subscriber()::unavailable)));
      return;
    }
    LogState state = facts.state();
    endStreamsOfAnotherEpoch(hosted, state);
    hosted.learnEpoch(state.epoch());
    hosted.learnPlaces(facts);
    for (Subscription here : hosted.subscriptions()) {
      int member = here.arrival().member();
      if (tellsAgain && here.attachment() == state.member(member).attachment()) {
        others.tell(hosted, new Notice.Attached(hosted.id(), member, here.attachment(), self));
      }
    }
    for (int member = 1; member <= state.members().size(); member++) {
      if (state.member(member).hasEntered()) {
        Sign sign = facts.away().contains(member) ? Sign.AWAY : Sign.HERE;
        memberIs(hosted, member, state.member(member).attachment(), sign);
      }
    }
    facts
        .receipts()
        .forEach((member, receipt) -> hear(new Notice.Received(hosted.id(), member, receipt)));
    for (Subscription subscription : hosted.subscriptions()) {
      Closing closing = facts.closing();
      if (closing == null) {
        subscription.hint(state.tip().offset());
      } else {
        subscription.closing(closing, state.tip().offset());
      }
    }
  }

  /// The log was made anew: they have to attach to it.
  private static void endStreamsOfAnotherEpoch(HostedSession hosted, LogState state) {
    for (Subscription subscription : hosted.subscriptions()) {
      if (subscription.epoch() != state.epoch()) {
        subscription.end(subscription.subscriber()::unavailable);
      }
    }
  }

  private void hear(Notice.Signed signed) {
    HostedSession hosted = sessions.get(signed.session());
    if (hosted != null) {
      memberIs(hosted, signed.member(), signed.attachment(), signed.sign());
      if (signed.sign() == Sign.HERE) {
        hosted.subscriptions().stream()
            .filter(s -> s.arrival().member() == signed.member())
            .filter(s -> s.attachment() == signed.attachment())
            .forEach(s -> s.subscriber().signed(Sign.HERE));
      }
    }
  }

  private void hear(Notice.Murmur murmur) {
    forEachOther(
        murmur.session(), murmur.member(), s -> s.murmured(murmur.member(), murmur.body()));
  }

  private void hear(Notice.Received received) {
    forEachOther(
        received.session(),
        received.member(),
        s -> s.receipted(received.member(), received.receipt()));
  }

  /// Where the others are is known while one of them is here.
  private void tellOthers(SessionId session, Notice notice) {
    HostedSession hosted = sessions.get(session);
    if (hosted != null) {
      others.tell(hosted, notice);
    } else {
      others.findAndTell(session, notice);
    }
  }

  private Set<NodeId> othersOf(LogAnswer.Signed kept, int member) {
    Set<NodeId> nodes = others.of(kept.facts());
    nodes.retainAll(Optional.ofNullable(kept.facts().nodes().get(member)).stream().toList());
    return nodes;
  }

  private void forEachOther(SessionId session, int member, Consumer<Subscriber> action) {
    forEach(
        session,
        subscription -> {
          if (subscription.arrival().member() != member) {
            action.accept(subscription.subscriber());
          }
        });
  }

  private void forEach(SessionId session, Consumer<Subscription> action) {
    HostedSession hosted = sessions.get(session);
    if (hosted != null) {
      for (Subscription subscription : hosted.subscriptions()) {
        guard.run(subscription, () -> action.accept(subscription));
      }
    }
  }
}
