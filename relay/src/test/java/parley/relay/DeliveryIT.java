package parley.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.relay.redis.LogRetention;
import parley.relay.redis.RedisAppendLogs;
import parley.relay.redis.RedisNeighbours;
import parley.testing.Eventually;
import parley.testing.TestRedis;

/// What no member wrote, and its way to the one who listens, on whatever node.
class DeliveryIT {
  private final Lifecycle lifecycle = new Lifecycle();
  private final RedisConfig config =
      new RedisConfig(HostPort.parse(TestRedis.shared()), TestRedis.prefix());
  private final SessionId log = SessionId.random(RandomGenerator.getDefault());

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @Test
  void aDeliveryReachesWhoListensAtAnotherNodeOnce() throws Exception {
    Relay one = relay("node-1");
    Relay two = relay("node-2");
    Listener ann = attach(two);

    assertThat(deliver(one, "first")).isInstanceOf(AppendOutcome.Stored.class);
    assertThat(deliver(two, "first")).isInstanceOf(AppendOutcome.Duplicate.class);
    assertThat(deliver(two, "second")).isInstanceOf(AppendOutcome.Stored.class);

    assertThat(ann.awaitTexts(2).texts()).containsExactly("first", "second");
    assertThat(ann.events).noneMatch(event -> event.startsWith("reset"));
  }

  @Test
  void whoComesLaterReadsWhatWasDeliveredBefore() throws Exception {
    Relay one = relay("node-1");
    deliver(one, "early");

    assertThat(attach(one).texts()).containsExactly("early");
  }

  @Test
  void aDeliveryIsReadWhenTheNodeThatMissedItsNoticeHearsAgain() throws Exception {
    Deaf deaf = new Deaf();
    Relay one = relay("node-1");
    Relay two = relay("node-2", deaf);
    Listener ann = attach(two);
    deliver(one, "missed");

    deaf.hearsAgain();

    assertThat(ann.awaitTexts(1).texts()).containsExactly("missed");
  }

  private Listener attach(Relay relay) {
    Listener listener = new Listener();
    relay.attach(new Arrival(log, 1, 1, null, null), listener);
    Eventually.holds(
        "the listener has caught up",
        () -> listener.events.stream().anyMatch(event -> event.startsWith("caught_up")));
    return listener;
  }

  private AppendOutcome deliver(Relay relay, String what) throws Exception {
    CompletableFuture<AppendOutcome> answer = new CompletableFuture<>();
    Body body = Body.of(what.getBytes(StandardCharsets.UTF_8));
    relay.deliver(
        log,
        what,
        body,
        new AppendReply() {
          @Override
          public void answered(AppendOutcome outcome) {
            answer.complete(outcome);
          }

          @Override
          public void unavailable() {
            answer.completeExceptionally(new IllegalStateException("unavailable"));
          }
        });
    return answer.get(30, TimeUnit.SECONDS);
  }

  private Relay relay(String node) {
    return relay(node, RedisNeighbours.open(config, "test", NodeContext.of(new NodeId(node))));
  }

  private Relay relay(String node, Neighbours neighbours) {
    NodeContext context = NodeContext.of(new NodeId(node));
    var logs = RedisAppendLogs.open(config, LogRetention.DEFAULTS, context);
    return lifecycle.own(Relay.start(context, logs, neighbours, RelayLimits.DEFAULTS));
  }

  /// Hears no notice, until it is told that it missed some.
  private static final class Deaf implements Neighbours {
    private Runnable missed = () -> {};

    void hearsAgain() {
      missed.run();
    }

    @Override
    public void tell(NodeId node, List<Notice> notices) {}

    @Override
    public void listen(Consumer<List<Notice>> notices, Runnable whenMissed) {
      missed = whenMissed;
    }

    @Override
    public void close() {}
  }
}
