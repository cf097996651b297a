package parley.session.core;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import parley.domain.ParticipantId;
import parley.relay.AppendOutcome;
import parley.relay.AppendReply;
import parley.relay.Relay;
import parley.session.core.port.Bodies;

/// Participants' inboxes: what they are told besides their conversation. Given to the participant's
/// newest stream, of whatever session at whatever node, else when they enter next, while it is
/// kept. Blocks: for virtual threads. Thread-safe.
public final class Inboxes {
  private final Relay relay;
  private final Bodies bodies;

  public Inboxes(Relay relay, Bodies bodies) {
    this.relay = relay;
    this.bodies = bodies;
  }

  /// Told again under the same delivery id, the first stands.
  public Delivery deliver(ParticipantId participant, String delivery, Content content) {
    CompletableFuture<Optional<Delivery>> answer = new CompletableFuture<>();
    relay.deliver(
        InboxId.of(participant),
        delivery,
        bodies.encode(content),
        new AppendReply() {
          @Override
          public void answered(AppendOutcome outcome) {
            answer.complete(Optional.of(Delivery.DELIVERED));
          }

          @Override
          public void unavailable() {
            answer.complete(Optional.empty());
          }
        });
    return Waiting.atMost(Waiting.PATIENCE, answer).orElse(Delivery.UNAVAILABLE);
  }

  /// What became of it.
  public enum Delivery {
    /// Committed, now or before.
    DELIVERED,
    /// Unknown: repeat it.
    UNAVAILABLE
  }
}
