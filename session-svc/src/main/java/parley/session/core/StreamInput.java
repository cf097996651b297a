package parley.session.core;

import java.time.Duration;
import java.util.Optional;
import parley.relay.Closing;
import parley.relay.FactsReply;
import parley.relay.SessionFacts;

/// What a member who is in sends up one stream. Called with the stream's lock held.
final class StreamInput {
  /// Frames other than texts, which have a pace of their own, and texts beyond that.
  private static final double BURST = 40;

  private static final double PER_SECOND = 10;

  private final StreamServices services;
  private final Admission self;
  private final long attachment;
  private final StreamOutput output;
  private final Answers answers;
  private final LifeSigns signs;
  private final Pace pace;
  private boolean leaving;

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
    this.pace = new Pace(BURST, PER_SECOND, services.sources().clock().instant());
  }

  LifeSigns signs() {
    return signs;
  }

  void received(Upward frame) {
    signs.lives();
    switch (frame) {
      case Upward.Text text -> text(text);
      case Upward.Typing _ -> services.typing().typing(self, attachment);
      case Upward.Received(var upTo) -> services.receipts().received(self, attachment, upTo);
      case Upward.Leave _ -> leave();
      case Upward.HeartbeatAnswer _ -> signs.answered();
      case Upward.Unread _ -> {}
    }
    if (!(frame instanceof Upward.Text)) {
      takeMoreInTime();
    }
  }

  /// Whoever sends faster than anybody needs to is heard as slowly as it may send.
  private void takeMoreInTime() {
    Duration wait = pace.reserve(services.sources().clock().instant());
    if (wait.isZero()) {
      output.takeMore(1);
    } else {
      var _ = services.ports().timers().after(wait, () -> output.takeMore(1));
    }
  }

  /// What is too fast costs no token of the texts' pace: its outcome makes room when it may.
  private void holdBackInTime() {
    Duration wait = pace.reserve(services.sources().clock().instant());
    if (!wait.isZero()) {
      output.holdBack(1);
      var _ = services.ports().timers().after(wait, () -> output.takeMore(1));
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
                if (outcome instanceof Outcome.TooFast) {
                  holdBackInTime();
                }
                answers.answered(slot, outcome);
              }

              @Override
              public void unavailable() {
                answers.unavailable();
              }
            });
  }

  private void leave() {
    if (leaving) {
      return;
    }
    leaving = true;
    Closing left = CloseReason.LEFT.by(self.member());
    services
        .relay()
        .close(
            self.session(),
            left,
            new FactsReply() {
              @Override
              public void answered(Optional<SessionFacts> facts) {
                if (facts.isPresent() && left.equals(facts.get().closing())) {
                  services.ports().journal().left(self);
                }
                services.errands().left(self);
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
