package parley.relay;

/// Gives a page to who reads on, or ends it.
final class PageHandler implements Work.AnswerHandler {
  private final Subscription reader;

  PageHandler(Subscription reader) {
    this.reader = reader;
  }

  @Override
  public boolean wanted() {
    return !reader.hasEnded();
  }

  @Override
  public void answered(LogAnswer answer) {
    if (answer instanceof LogAnswer.Page page) {
      reader.page(page.state(), page.entries());
    } else {
      unavailable();
    }
  }

  @Override
  public void unavailable() {
    reader.end(reader.subscriber()::unavailable);
  }
}
