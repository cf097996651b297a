package parley.session.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.relay.Bucket;
import parley.relay.FactsReply;
import parley.relay.Outbox;
import parley.relay.OutboxEntry;
import parley.relay.OutboxReader;
import parley.relay.Relay;
import parley.relay.SessionFacts;

/// Closes the session with an AI that a member left for a person. It lies elsewhere and may be out
/// of reach: nobody waits for it. It is tried at once, and what was written with the member's entry
/// sees to it that it happens, also if this node dies; done twice is harmless. Thread-safe.
public final class ReplaceErrands implements Errands, AutoCloseable {
  private final Relay relay;
  private final EntryTurns turns;

  public ReplaceErrands(Outbox outbox, OutboxReader reader, Relay relay, NodeId node) {
    this.turns = new EntryTurns(outbox, reader, this::close, node);
    this.relay = relay;
  }

  /// A member has entered.
  void entered(Admission member) {
    SessionId other = member.replaces();
    if (other != null) {
      close(other, new Tried(Bucket.of(member.session())));
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

  /// An entry that names no session asks for nothing.
  private boolean close(OutboxEntry entry) {
    @Nullable SessionId other = entry.other();
    if (other == null) {
      return true;
    }
    Waiting.ForFacts reply = new Waiting.ForFacts();
    close(other, reply);
    return reply.await().isPresent();
  }

  private void close(SessionId other, FactsReply reply) {
    relay.close(other, CloseReason.HUMAN_FOUND.byNobody(), reply);
  }

  /// Whether it worked or not, the entry is looked at.
  private final class Tried implements FactsReply {
    private final Bucket bucket;

    Tried(Bucket bucket) {
      this.bucket = bucket;
    }

    @Override
    public void answered(Optional<SessionFacts> facts) {
      soon(bucket);
    }

    @Override
    public void unavailable() {
      soon(bucket);
    }
  }
}
