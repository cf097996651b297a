package parley.relay;

import java.util.ArrayList;
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
  private final Map<SessionId, HostedSession> sessions = new HashMap<>();
  private final Set<Subscription> touched = new LinkedHashSet<>();
  private final NodeId self;
  private final Inbox inbox;
  private final NoticeOutbox outbox;
  private final RelayLimits limits;
  private final RelayMetrics metrics;

  Audience(
      NodeId self, Inbox inbox, NoticeOutbox outbox, RelayLimits limits, RelayMetrics metrics) {
    this.self = self;
    this.inbox = inbox;
    this.outbox = outbox;
    this.limits = limits;
    this.metrics = metrics;
  }

  void attached(Subscription arriving, SessionFacts facts) {
    if (arriving.hasEnded()) {
      return;
    }
    int member = arriving.arrival().member();
    HostedSession hosted = sessions.computeIfAbsent(arriving.session(), HostedSession::new);
    hosted.add(arriving);
    hosted.learnEpoch(facts.state().epoch());
    hosted.learn(facts.nodes());
    hosted.learn(member, self);
    metrics.subscribers(1);
    metrics.attached();
    arriving.attached(facts);
    if (facts.closing() == null) {
      long attachment = arriving.attachment();
      outbox.add(
          hosted.nodesOtherThan(self), new Notice.Attached(hosted.id(), member, attachment, self));
      memberIs(hosted, member, attachment, Sign.HERE);
    }
    endStreamsOfAnotherEpoch(hosted, facts.state());
  }

  /// Own commits: first the streams here, then the other nodes.
  void committed(SessionId session, int epoch, int previousCheck, List<LogEntry> entries) {
    HostedSession hosted = sessions.get(session);
    if (hosted != null) {
      for (Subscription subscription : hosted.subscriptions()) {
        subscription.deliver(epoch, previousCheck, entries, Origin.OWN_COMMIT);
      }
    }
    tellOthers(session, new Notice.Entries(session, epoch, previousCheck, entries));
  }

  void closed(SessionId session, SessionFacts facts) {
    Closing closing = facts.closing();
    if (closing != null) {
      long tip = facts.state().tip().offset();
      forEach(session, subscription -> subscription.closing(closing, tip));
      outbox.add(others(facts), new Notice.Closed(session, tip, closing));
    }
  }

  /// A sign that was kept: the others hear where the member is, and the member's own stream, at
  /// whichever node, that it lives.
  void signed(Notice.Signed signed, LogAnswer.Signed kept) {
    boolean current =
        kept.facts().state().member(signed.member()).attachment() == signed.attachment();
    if (current && (kept.changed() || signed.sign() == Sign.HERE)) {
      hear(signed);
      outbox.add(kept.changed() ? others(kept.facts()) : othersOf(kept, signed.member()), signed);
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
    outbox.add(others(facts), received);
  }

  /// A murmur of an attachment, for the streams here and elsewhere. Whether the attachment counts
  /// is looked up only if it is not known here.
  void murmured(Notice.Murmur murmur, long attachment) {
    HostedSession hosted = sessions.get(murmur.session());
    if (hosted != null && hosted.isNewest(murmur.member(), attachment)) {
      hear(murmur);
      outbox.add(hosted.nodesOtherThan(self), murmur);
      return;
    }
    look(
        murmur.session(),
        facts -> {
          if (facts != null
              && facts.state().open()
              && facts.state().member(murmur.member()).attachment() == attachment) {
            hear(murmur);
            outbox.add(others(facts), murmur);
          }
        });
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

  /// Asks the log about every session that may have missed a notice of another member's node.
  void compareTips() {
    sessions.values().stream().filter(hosted -> !hosted.isWhole()).forEach(this::compare);
  }

  /// After notices were missed: about every session. What no member wrote comes from any node.
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
      all.forEach(Subscription::batchEnded);
    }
    outbox.send();
  }

  @Override
  public void later(Runnable task) {
    inbox.addTask(task);
  }

  @Override
  public void read(Subscription reader, long from, int count) {
    inbox.add(
        new Work.Request(
            new LogRequest.Read(reader.session(), from, count),
            new Work.AnswerHandler() {
              @Override
              public void answered(LogAnswer answer) {
                if (answer instanceof LogAnswer.Page page) {
                  reader.page(page.state(), page.entries());
                } else {
                  reader.end(reader.subscriber()::unavailable);
                }
              }

              @Override
              public void unavailable() {
                reader.end(reader.subscriber()::unavailable);
              }
            }));
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

  /// Ends the member's older streams and tells the others' streams where it is.
  private static void memberIs(HostedSession hosted, int member, long attachment, Sign sign) {
    if (!hosted.learn(member, attachment)) {
      return;
    }
    for (Subscription subscription : hosted.subscriptions()) {
      Subscriber subscriber = subscription.subscriber();
      if (subscription.arrival().member() != member) {
        switch (sign) {
          case HERE -> subscriber.memberHere(member);
          case AWAY -> subscriber.memberAway(member);
        }
      } else if (subscription.attachment() < attachment) {
        subscription.end(subscriber::takenOver);
      } else if (sign == Sign.AWAY) {
        subscriber.signed(sign);
      }
    }
  }

  private void compare(HostedSession hosted) {
    look(
        hosted.id(),
        facts -> {
          if (facts == null) {
            lost(hosted.id());
          } else {
            compared(hosted, facts);
          }
        });
  }

  private void attachedElsewhere(Notice.Attached attached) {
    HostedSession hosted = sessions.get(attached.session());
    if (hosted == null) {
      return;
    }
    // What was appended before the newcomer's node was known here did not reach it as a notice.
    long tip = hosted.subscriptions().stream().mapToLong(Subscription::tip).max().orElse(0);
    outbox.add(List.of(attached.node()), new Notice.Tip(attached.session(), tip));
    hosted.learn(attached.member(), attached.node());
    memberIs(hosted, attached.member(), attached.attachment(), Sign.HERE);
  }

  private void compared(HostedSession hosted, SessionFacts facts) {
    LogState state = facts.state();
    endStreamsOfAnotherEpoch(hosted, state);
    hosted.learnEpoch(state.epoch());
    hosted.learn(facts.nodes());
    // Whoever did not hear that these streams are here hears it now.
    for (Subscription here : hosted.subscriptions()) {
      outbox.add(
          hosted.nodesOtherThan(self),
          new Notice.Attached(hosted.id(), here.arrival().member(), here.attachment(), self));
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

  /// Where the others are is known while one of them is here; else (a unary call that came to a
  /// node without the member's stream) it is looked up.
  private void tellOthers(SessionId session, Notice notice) {
    HostedSession hosted = sessions.get(session);
    if (hosted != null) {
      outbox.add(hosted.nodesOtherThan(self), notice);
    } else {
      look(
          session,
          facts -> {
            if (facts != null) {
              outbox.add(others(facts), notice);
            }
          });
    }
  }

  private Set<NodeId> othersOf(LogAnswer.Signed kept, int member) {
    Set<NodeId> nodes = others(kept.facts());
    nodes.retainAll(Optional.ofNullable(kept.facts().nodes().get(member)).stream().toList());
    return nodes;
  }

  private Set<NodeId> others(SessionFacts facts) {
    Set<NodeId> nodes = new LinkedHashSet<>(facts.nodes().values());
    nodes.remove(self);
    return nodes;
  }

  private void look(SessionId session, Consumer<@Nullable SessionFacts> then) {
    inbox.add(
        new Work.Request(
            new LogRequest.Look(session),
            new Work.AnswerHandler() {
              @Override
              public void answered(LogAnswer answer) {
                then.accept(answer instanceof LogAnswer.Facts f ? f.facts() : null);
              }

              @Override
              public void unavailable() {
                // Every stream ends anyway; a notice that is not sent is healed by comparing tips.
              }
            }));
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
      new ArrayList<>(hosted.subscriptions()).forEach(action);
    }
  }
}
