package parley.relay;

import parley.domain.SessionId;

/// Tells everybody of a session's end that came to light, if it has ended.
record ClosingHandler(Audience audience, SessionId session) implements Work.AnswerHandler {
  @Override
  public void answered(LogAnswer answer) {
    if (answer instanceof LogAnswer.Facts(SessionFacts facts)) {
      audience.closed(session, facts);
    }
  }

  @Override
  public void unavailable() {
    // Every stream ends anyway.
  }
}
