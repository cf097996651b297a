package parley.relay;

/// Takes the answer to a look at a bucket.
final class LookHandler implements Work.AnswerHandler {
  private final Audience audience;
  private final LookReply reply;

  LookHandler(Audience audience, LookReply reply) {
    this.audience = audience;
    this.reply = reply;
  }

  @Override
  public void answered(LogAnswer answer) {
    switch (answer) {
      case LogAnswer.Ticked(BucketReport report) -> {
        for (Finding finding : report.findings()) {
          if (finding instanceof Finding.WentAway away) {
            audience.wentAway(away);
          }
        }
        reply.looked(report);
      }
      case LogAnswer.LeasedElsewhere _ -> reply.leasedElsewhere();
      case LogAnswer.Opened _,
          LogAnswer.TooLate _,
          LogAnswer.Missing _,
          LogAnswer.Appended _,
          LogAnswer.Signed _,
          LogAnswer.Received _,
          LogAnswer.Facts _,
          LogAnswer.Page _,
          LogAnswer.Failed _ ->
          reply.unavailable();
    }
  }

  @Override
  public void unavailable() {
    reply.unavailable();
  }
}
