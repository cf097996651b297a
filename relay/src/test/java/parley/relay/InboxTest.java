package parley.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import parley.domain.SessionId;

class InboxTest {
  private static final RelayLimits LIMITS = RelayLimits.DEFAULTS;

  private final Inbox inbox = new Inbox(LIMITS);

  @Test
  void aBatchEndsWhenItHoldsEnoughBytes() {
    for (int i = 0; i < 6; i++) {
      inbox.offer(append(new byte[1 << 20]));
    }

    assertThat(List.of(inbox.takeBatch().size(), inbox.takeBatch().size())).containsExactly(4, 2);
  }

  @Test
  void whatIsReadWeighsInABatchAndNotInTheQueue() {
    int reads = (int) (LIMITS.queuedBytes() / LIMITS.pageBytes()) + 1;
    for (int i = 0; i < reads; i++) {
      inbox.add(new Work.Request(new LogRequest.Read(anySession(), 1, 101), new Waiter(true)));
    }

    assertThat(inbox.offer(append(new byte[1]))).isTrue();
    assertThat(inbox.takeBatch()).hasSize((int) (LIMITS.batchBytes() / LIMITS.pageBytes()));
  }

  @Test
  void whatNobodyWaitsForIsLeftOut() {
    SessionId session = anySession();
    Work gone = new Work.Request(new LogRequest.Look(session), new Waiter(false));
    Work wanted = new Work.Request(new LogRequest.Look(session), new Waiter(true));

    inbox.offer(gone, gone);
    inbox.add(wanted);

    assertThat(inbox.takeBatch()).containsExactly(wanted);
    assertThat(inbox.waiting()).isZero();
  }

  private static Work append(byte[] body) {
    Message message = new Message(1, 1, 1, Body.of(body));
    return new Work.Append(
        anySession(),
        message,
        new AppendReply() {
          @Override
          public void answered(AppendOutcome outcome) {}

          @Override
          public void unavailable() {}
        });
  }

  private static SessionId anySession() {
    return SessionId.random(RandomGenerator.getDefault());
  }

  private static final class Waiter implements Work.AnswerHandler {
    private final boolean waits;

    Waiter(boolean waits) {
      this.waits = waits;
    }

    @Override
    public boolean wanted() {
      return waits;
    }

    @Override
    public void answered(LogAnswer answer) {}

    @Override
    public void unavailable() {}
  }
}
