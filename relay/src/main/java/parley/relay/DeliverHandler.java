package parley.relay;

import java.util.List;
import parley.domain.SessionId;

/// Takes the answer to a delivery, and gives what is new to those who listen.
final class DeliverHandler implements Work.AnswerHandler {
  private final Audience audience;
  private final SessionId session;
  private final Draft draft;
  private final AppendReply reply;

  DeliverHandler(Audience audience, SessionId session, Draft draft, AppendReply reply) {
    this.audience = audience;
    this.session = session;
    this.draft = draft;
    this.reply = reply;
  }

  @Override
  public void answered(LogAnswer answer) {
    if (answer instanceof LogAnswer.Appended appended) {
      AppendOutcome first = appended.outcomes().getFirst();
      AppendOutcome outcome = CommitLoop.ownOrDuplicate(draft, first);
      if (first instanceof AppendOutcome.Stored stored) {
        List<LogEntry> entries = List.of(draft.at(stored.position().offset()));
        audience.committed(session, appended.epoch(), appended.previousCheck(), entries);
      } else if (outcome instanceof AppendOutcome.Stored stored) {
        audience.reaches(session, stored.position().offset());
      }
      reply.answered(outcome);
    } else {
      reply.unavailable();
    }
  }

  @Override
  public void unavailable() {
    reply.unavailable();
  }
}
