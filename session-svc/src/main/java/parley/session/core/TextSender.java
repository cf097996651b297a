package parley.session.core;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import parley.relay.AppendOutcome;
import parley.relay.AppendReply;
import parley.relay.Body;
import parley.relay.Message;
import parley.relay.Relay;
import parley.session.core.port.Bodies;

/// The way of a text into the log, the same from both faces: its sender's pace, which counts what
/// is refused too, its shape, the relay.
final class TextSender {
  private static final Duration RELAY_FULL = Duration.ofSeconds(1);

  private final Relay relay;
  private final Bodies bodies;
  private final TextRules rules;
  private final Paces paces;
  private final InstantSource clock;

  TextSender(Relay relay, Bodies bodies, SessionLimits limits, Paces paces, InstantSource clock) {
    this.relay = relay;
    this.bodies = bodies;
    this.rules = new TextRules(limits);
    this.paces = paces;
    this.clock = clock;
  }

  void send(Admission sender, long attachment, Upward.Text text, TextReply reply) {
    Optional<Outcome> refusal = tooFast(sender).or(() -> rules.refuse(text.text()));
    if (refusal.isPresent()) {
      reply.outcome(refusal.get());
      return;
    }
    Body body = bodies.encode(new Content.Text(text.text()));
    Message message = new Message(sender.member(), attachment, text.sequence(), body);
    if (!relay.append(sender.session(), message, new Appending(reply))) {
      reply.outcome(new Outcome.TooFast(RELAY_FULL));
    }
  }

  private Optional<Outcome> tooFast(Admission sender) {
    return paces
        .of(sender.session(), sender.member())
        .take(clock.instant())
        .map(Outcome.TooFast::new);
  }

  private record Appending(TextReply reply) implements AppendReply {
    @Override
    public void answered(AppendOutcome outcome) {
      reply.outcome(
          switch (outcome) {
            case AppendOutcome.Stored(var position, var at) -> new Outcome.Stored(position, at);
            case AppendOutcome.Duplicate(var position) -> new Outcome.Duplicate(position);
            case AppendOutcome.OutOfOrder(long expected) -> new Outcome.OutOfOrder(expected);
            case AppendOutcome.ContentDiffers() -> new Outcome.ContentDiffers();
            case AppendOutcome.StaleAttachment() -> new Outcome.StaleAttachment();
            case AppendOutcome.NotOpen() -> new Outcome.NotOpen();
          });
    }

    @Override
    public void unavailable() {
      reply.unavailable();
    }
  }
}
