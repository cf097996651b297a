package parley.session.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parley.relay.Body;
import parley.relay.Bucket;
import parley.relay.FactsReply;
import parley.relay.SessionFacts;

/// What a member who is in sends up one stream. Called with the stream's lock held.
final class StreamInput {
  private static final Duration TYPING_EVERY = Duration.ofSeconds(2);
  private static final Body NO_BODY = Body.of(new byte[0]);

  private final StreamServices services;
  private final Admission self;
  private final long attachment;
  private final StreamOutput output;
  private final Answers answers;
  private final LifeSigns signs;
  private Instant typedAt = Instant.MIN;

  StreamInput(
      StreamServices services,
      Admission self,
      long attachment,
      StreamOutput output,
      LifeSigns signs,
      Answers answers) {
    this.services = services;
    this.self = self;
    this.attachment = attachment;
    this.output = output;
    this.signs = signs;
    this.answers = answers;
  }

  LifeSigns signs() {
    return signs;
  }

  void received(Upward frame) {
    signs.lives();
    switch (frame) {
      case Upward.Text text -> text(text);
      case Upward.Typing _ -> typing();
      case Upward.Leave _ -> leave();
      case Upward.HeartbeatAnswer _ -> signs.answered();
      case Upward.Unread _ -> {}
    }
    if (!(frame instanceof Upward.Text)) {
      output.takeMore(1);
    }
  }

  private void text(Upward.Text text) {
    OutcomeOrder.Slot slot = output.expect(text.sequence());
    services
        .sender()
        .send(
            self,
            attachment,
            text,
            new TextReply() {
              @Override
              public void outcome(Outcome outcome) {
                answers.answered(slot, outcome);
              }

              @Override
              public void unavailable() {
                answers.unavailable();
              }
            });
  }

  private void typing() {
    Instant now = services.sources().clock().instant();
    if (typedAt.isBefore(now.minus(TYPING_EVERY))) {
      typedAt = now;
      services.relay().murmur(self.session(), self.member(), attachment, NO_BODY);
    }
  }

  private void leave() {
    services.ports().journal().left(self);
    services
        .relay()
        .close(
            self.session(),
            CloseReason.LEFT.by(self.member()),
            new FactsReply() {
              @Override
              public void answered(Optional<SessionFacts> facts) {
                services.settling().soon(Bucket.of(self.session()));
              }

              @Override
              public void unavailable() {
                answers.unavailable();
              }
            });
  }

  /// Waits for what becomes of frames; called without the stream's lock, or with it at once.
  interface Answers {
    void answered(OutcomeOrder.Slot slot, Outcome outcome);

    /// Unknown what became of a frame.
    void unavailable();
  }
}
