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
  private final Map<Integer, Place> places = new HashMap<>();
  private final Map<Integer, Long> attachments = new HashMap<>();
  private List<Subscription> subscriptions = List.of();
  private int epoch;
  private int compared;
  private boolean comparing;

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
    compared = 0;
  }

  boolean remove(Subscription subscription) {
    List<Subscription> fewer = new ArrayList<>(subscriptions);
    boolean removed = fewer.remove(subscription);
    subscriptions = List.copyOf(fewer);
    return removed;
  }

  /// Where the members are, but for those of whom something newer is known.
  void learnPlaces(SessionFacts facts) {
    facts
        .nodes()
        .forEach(
            (member, node) -> learnPlace(member, node, facts.state().member(member).attachment()));
  }

  void learnPlace(int member, NodeId node, long attachment) {
    places.merge(
        member,
        new Place(node, attachment),
        (known, told) -> told.attachment() < known.attachment() ? known : told);
  }

  /// A log that was made anew counts attachments from the start.
  void learnEpoch(int current) {
    if (epoch != current) {
      epoch = current;
      attachments.clear();
      places.clear();
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
    Set<NodeId> others = new LinkedHashSet<>();
    places.values().forEach(place -> others.add(place.node()));
    others.remove(self);
    return others;
  }

  /// Whether every member has a subscriber here: then nothing can be missed.
  boolean isWhole() {
    long here = subscriptions.stream().map(s -> s.arrival().member()).distinct().count();
    return !subscriptions.isEmpty() && here == subscriptions.getFirst().arrival().members();
  }

  boolean isOfPart(int part, int parts) {
    return Math.floorMod(id.hashCode(), parts) == part;
  }

  /// False if the log is being asked already.
  boolean startComparing() {
    boolean starts = !comparing;
    comparing = true;
    return starts;
  }

  /// Whether the other nodes should hear again who is here: that word may have been lost, the less
  /// likely the more often it was said.
  boolean endComparing() {
    comparing = false;
    return Integer.bitCount(++compared) == 1;
  }

  private record Place(NodeId node, long attachment) {}
}
