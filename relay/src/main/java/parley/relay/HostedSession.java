package parley.relay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parley.domain.NodeId;
import parley.domain.SessionId;

/// A session that has subscribers here, and where its other members attached last. Loop's thread
/// only.
final class HostedSession {
  private final SessionId id;
  private final Map<Integer, NodeId> nodes = new HashMap<>();
  private final Map<Integer, Long> attachments = new HashMap<>();
  private List<Subscription> subscriptions = List.of();
  private int epoch;

  HostedSession(SessionId id) {
    this.id = id;
  }

  SessionId id() {
    return id;
  }

  /// A snapshot: subscriptions may end while one goes through it.
  List<Subscription> subscriptions() {
    return subscriptions;
  }

  void add(Subscription subscription) {
    List<Subscription> more = new ArrayList<>(subscriptions);
    more.add(subscription);
    subscriptions = List.copyOf(more);
  }

  boolean remove(Subscription subscription) {
    List<Subscription> fewer = new ArrayList<>(subscriptions);
    boolean removed = fewer.remove(subscription);
    subscriptions = List.copyOf(fewer);
    return removed;
  }

  void learn(Map<Integer, NodeId> places) {
    nodes.putAll(places);
  }

  void learn(int member, NodeId node) {
    nodes.put(member, node);
  }

  /// A log that was made anew counts attachments from the start.
  void learnEpoch(int current) {
    if (epoch != current) {
      epoch = current;
      attachments.clear();
    }
  }

  /// False if a newer attachment of the member is known: what is told of this one is old.
  boolean learn(int member, long attachment) {
    return attachments.merge(member, attachment, Math::max) == attachment;
  }

  /// Whether this is the newest attachment of the member that is known, and a stream here shows
  /// that the session is open.
  boolean isNewest(int member, long attachment) {
    return Long.valueOf(attachment).equals(attachments.get(member)) && !subscriptions.isEmpty();
  }

  Set<NodeId> nodesOtherThan(NodeId self) {
    Set<NodeId> others = new LinkedHashSet<>(nodes.values());
    others.remove(self);
    return others;
  }

  /// Whether every member has a subscriber here: then nothing can be missed.
  boolean isWhole() {
    long here = subscriptions.stream().map(s -> s.arrival().member()).distinct().count();
    return !subscriptions.isEmpty() && here == subscriptions.getFirst().arrival().members();
  }
}
