package parley.relay;

import parley.domain.SessionId;

/// What waits for the next batch.
sealed interface Work {
  SessionId session();

  int bytes();

  void unavailable();

  record Append(SessionId session, Message message, AppendReply reply) implements Work {
    @Override
    public int bytes() {
      return message.body().size();
    }

    @Override
    public void unavailable() {
      reply.unavailable();
    }
  }

  record Request(LogRequest request, AnswerHandler handler) implements Work {
    @Override
    public SessionId session() {
      return request.session();
    }

    @Override
    public int bytes() {
      return 0;
    }

    @Override
    public void unavailable() {
      handler.unavailable();
    }
  }

  /// On the loop's thread, after the commit.
  interface AnswerHandler {
    void answered(LogAnswer answer);

    void unavailable();
  }
}
