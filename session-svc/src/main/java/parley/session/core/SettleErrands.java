package parley.session.core;

import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.relay.Bucket;
import parley.relay.LogState;
import parley.relay.Outbox;
import parley.relay.OutboxEntry;
import parley.relay.OutboxReader;
import parley.session.core.port.Bodies;
import parley.session.core.port.Settlement;

/// Tells match-svc what became of matches, until it answers: what is to tell stands in the outbox,
/// so that it survives this node. One node at a time tells for a bucket, in the order it was
/// written; told twice is harmless. Thread-safe.
public final class SettleErrands implements Errands, AutoCloseable {
  /// An attach whose answer was lost is sent again and counts twice.
  private static final long FIRST_ATTACHMENTS = 2;

  private final Settlement settlement;
  private final Bodies bodies;
  private final EntryTurns turns;

  public SettleErrands(
      Outbox outbox, OutboxReader reader, Settlement settlement, Bodies bodies, NodeId node) {
    this.turns = new EntryTurns(outbox, reader, this::tell, node);
    this.settlement = settlement;
    this.bodies = bodies;
  }

  /// A member has entered; if it was the last one, somebody waits to hear of it.
  void entered(SessionId session, LogState state) {
    boolean first = state.members().stream().allMatch(one -> one.attachment() <= FIRST_ATTACHMENTS);
    if (state.open() && first && state.allHaveEntered()) {
      soon(Bucket.of(session));
    }
  }

  @Override
  public void soon(Bucket bucket) {
    turns.soon(bucket);
  }

  @Override
  public void newest(Bucket bucket, String id) {
    turns.newest(bucket, id);
  }

  @Override
  public void close() {
    turns.close();
  }

  /// What cannot be read now will not be read later.
  private boolean tell(OutboxEntry entry) {
    MatchOutcome outcome;
    try {
      outcome = outcome(entry);
    } catch (IllegalArgumentException unreadable) {
      settlement.unreadable(entry.session());
      return true;
    }
    return settlement.settle(outcome);
  }

  private MatchOutcome outcome(OutboxEntry entry) {
    return new MatchOutcome(
        entry.session(),
        bodies.about(entry.about()),
        entry.who().keySet().stream().sorted().toList());
  }
}
