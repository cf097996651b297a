package parley.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import parley.domain.NodeId;
import parley.domain.SessionId;

class AttachHandlerTest {
  private final RelayMetrics metrics = new RelayMetrics(new SimpleMeterRegistry());
  private final Inbox inbox = new Inbox(RelayLimits.DEFAULTS);
  private final Audience audience =
      new Audience(new NodeId("node-1"), inbox, new NoticeOutbox(RelayCasts.nobodyElse()), metrics);
  private final Listener listener = new Listener();
  private final SessionId session = SessionId.random(RandomGenerator.getDefault());
  private final Subscription subscription =
      new Subscription(audience, new Arrival(session, 1, 2, null, null), listener);
  private final LogRequest.Open open = new LogRequest.Open(session, 7, 2, null);
  private final LogRequest.Attach attach =
      new LogRequest.Attach(session, 1, new NodeId("node-1"), null);

  @Test
  void aSessionThatIsMissingIsMadeAndThenAttachedTo() {
    first().answered(new LogAnswer.Missing());

    assertThat(waiting()).extracting(Work.Request::request).containsExactly(open, attach);
    assertThat(listener.events).isEmpty();
  }

  @Test
  void whereItCouldNotBeMadeItIsTooLate() {
    first().answered(new LogAnswer.Missing());
    waiting().getLast().handler().answered(new LogAnswer.Missing());

    assertThat(listener.events).containsExactly("too_late");
    assertThat(waiting()).isEmpty();
  }

  @Test
  void whereTheLogTakesNothingJustNowNobodyIsTooLate() {
    first().answered(new LogAnswer.Missing());
    List<Work.Request> waiting = waiting();
    waiting.getFirst().handler().answered(new LogAnswer.Failed("OOM command not allowed"));
    waiting.getLast().handler().answered(new LogAnswer.Missing());

    assertThat(listener.events).containsExactly("unavailable");
  }

  @Test
  void whoeverIsTooLateIsNotTriedAgain() {
    first().answered(new LogAnswer.TooLate());

    assertThat(listener.events).containsExactly("too_late");
    assertThat(waiting()).isEmpty();
  }

  @Test
  void nothingIsMadeForOneWhoIsGone() {
    first().answered(new LogAnswer.Missing());
    subscription.detach();

    assertThat(waiting()).isEmpty();
  }

  private AttachHandler first() {
    return new AttachHandler(audience, inbox, subscription, open, attach);
  }

  private List<Work.Request> waiting() {
    return inbox.takeBatch().stream().map(Work.Request.class::cast).toList();
  }
}
