package parley.relay;

import parley.domain.SessionId;

/// What waits for the next batch.
sealed interface Work {
  SessionId session();

  /// What it holds while it waits.
  int bytes();

  /// What it brings into a batch: what it holds, or what it may be answered with.
  int weight(RelayLimits limits);

  /// False if nobody waits for it any more: then it is left out. Loop's thread only.
  boolean wanted();

  void unavailable();

  record Append(SessionId session, Message message, AppendReply reply) implements Work {
    @Override
    public int bytes() {
      return message.body().size();
    }

    @Override
    public int weight(RelayLimits limits) {
      return bytes();
    }

    @Override
    public boolean wanted() {
      return true;
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
    public int weight(RelayLimits limits) {
      return request instanceof LogRequest.Read ? limits.pageBytes() : 0;
    }

    @Override
    public boolean wanted() {
      return handler.wanted();
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

    default boolean wanted() {
      return true;
    }
  }
}
