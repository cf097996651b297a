package parley.platform.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.domain.NodeId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.NodeContext;
import parley.testing.TestRedis;

class ScriptQueueIT {
  private static final LuaScript ADD = LuaScript.resource(ScriptQueueIT.class, "counter_add.lua");

  private final NodeContext context = NodeContext.of(new NodeId("queue-test"));
  private final RedisConfig shared =
      new RedisConfig(HostPort.parse(TestRedis.shared()), TestRedis.prefix());

  @Test
  void manyCallersGetEachTheirOwnReply() throws Exception {
    try (ScriptQueue queue = ScriptQueue.open(shared, context);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Object> once = () -> queue.run(add("1"));
      List<Future<Object>> answers = callers.invokeAll(Collections.nCopies(1000, once));

      assertThat(answers.stream().map(Future::resultNow))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(1, 1000).mapToObj(number -> (Object) (long) number).toList());
    }
  }

  @Test
  void aRefusalReachesItsCallerAsOne() {
    try (ScriptQueue queue = ScriptQueue.open(shared, context)) {
      assertThatThrownBy(() -> queue.run(add("x"))).isInstanceOf(RedisRefusal.class);
    }
  }

  @Test
  void anErrorOfAReplyEndsNeitherTheQueueNorTheOthersOfItsBatch() {
    try (ScriptQueue queue = ScriptQueue.open(shared, context)) {
      queue.submit(
          add("1"),
          new ScriptReply() {
            @Override
            public void answered(Object reply) {
              throw new NoClassDefFoundError("planned");
            }

            @Override
            public void failed(RuntimeException why) {}
          });

      assertThat(queue.run(add("1"))).isEqualTo(2L);
    }
  }

  @Test
  void aRestartedRedisIsFoundAgainWithoutHelp() {
    RedisServer first = RedisServer.start(RedisOptions.fleeting());
    RedisConfig config = new RedisConfig(HostPort.parse(first.address()), "");
    try (ScriptQueue queue = ScriptQueue.open(config, context)) {
      queue.run(add("1"));
      first.kill();

      try (RedisServer second = RedisServer.start(RedisOptions.fleeting().withPort(first.port()))) {
        assertThat(second.port()).isEqualTo(first.port());
        assertThat(queue.run(add("1"))).isEqualTo(1L);
      }
    }
  }

  @Test
  void aClosedQueueSaysThatTheCallDidNotRun() {
    ScriptQueue queue = ScriptQueue.open(shared, context);
    queue.close();

    assertThatThrownBy(() -> queue.run(add("1")))
        .isInstanceOf(NotQueued.class)
        .hasMessageContaining("did not run");
  }

  private ScriptCall add(String amount) {
    return new ScriptCall(
        ADD,
        List.of((shared.prefix() + "counter").getBytes(UTF_8)),
        List.of(amount.getBytes(UTF_8)));
  }
}
