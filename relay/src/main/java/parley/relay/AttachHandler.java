package parley.relay;

import org.jspecify.annotations.Nullable;

/// Lets a subscriber in. Mostly the session is there, since of all who come and come back only the
/// first finds none: it is made when that shows.
final class AttachHandler implements Work.AnswerHandler {
  private final Audience audience;
  private final Inbox inbox;
  private final Subscription subscription;
  private final LogRequest.@Nullable Open open;
  private final LogRequest.Attach attach;

  /// @param open makes the session; null if that was tried
  AttachHandler(
      Audience audience,
      Inbox inbox,
      Subscription subscription,
      LogRequest.@Nullable Open open,
      LogRequest.Attach attach) {
    this.audience = audience;
    this.inbox = inbox;
    this.subscription = subscription;
    this.open = open;
    this.attach = attach;
  }

  @Override
  public boolean wanted() {
    return !subscription.hasEnded();
  }

  @Override
  public void answered(LogAnswer answer) {
    switch (answer) {
      case LogAnswer.Facts attached -> audience.attached(subscription, attached.facts());
      case LogAnswer.TooLate _ -> subscription.end(subscription.subscriber()::tooLate);
      case LogAnswer.Missing _ -> missing();
      case LogAnswer.Opened _,
          LogAnswer.Appended _,
          LogAnswer.Signed _,
          LogAnswer.Received _,
          LogAnswer.Ticked _,
          LogAnswer.LeasedElsewhere _,
          LogAnswer.Page _,
          LogAnswer.Failed _ ->
          unavailable();
    }
  }

  @Override
  public void unavailable() {
    subscription.end(subscription.subscriber()::unavailable);
  }

  private void missing() {
    if (open == null) {
      subscription.end(subscription.subscriber()::tooLate);
      return;
    }
    var again = new AttachHandler(audience, inbox, subscription, null, attach);
    if (!inbox.offer(
        new Work.Request(open, new Opening(subscription)), new Work.Request(attach, again))) {
      unavailable();
    }
  }

  /// The attach that follows is answered by what this one did, or told that it did not. Where the
  /// log takes nothing just now, nobody came too late.
  private record Opening(Subscription subscription) implements Work.AnswerHandler {
    @Override
    public boolean wanted() {
      return !subscription.hasEnded();
    }

    @Override
    public void answered(LogAnswer answer) {
      if (answer instanceof LogAnswer.Failed) {
        subscription.end(subscription.subscriber()::unavailable);
      }
    }

    @Override
    public void unavailable() {}
  }
}
