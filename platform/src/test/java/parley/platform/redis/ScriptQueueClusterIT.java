package parley.platform.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.backing.RedisCluster;
import parley.backing.RedisServer;
import parley.domain.NodeId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.testing.Eventually;

/// One queue over three primaries.
class ScriptQueueClusterIT {
  private static final LuaScript ADD =
      LuaScript.resource(ScriptQueueClusterIT.class, "counter_add.lua");

  private final Lifecycle lifecycle = new Lifecycle();

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @Test
  void aPrimaryThatDoesNotAnswerKeepsNobodyWaitingForTheOthers() {
    RedisCluster cluster = lifecycle.own(RedisCluster.start());
    RedisConfig config = new RedisConfig(HostPort.parse(cluster.addresses().getFirst()), "");
    ScriptQueue queue =
        lifecycle.own(ScriptQueue.open(config, NodeContext.of(new NodeId("queue-test"))));
    RedisServer frozen = cluster.nodes().getLast();
    Primaries primaries = Primaries.find(config);
    byte[] its = key(primaries, frozen);
    cluster.nodes().forEach(node -> queue.run(add(key(primaries, node)))); // all are connected
    frozen.freeze();

    // On a machine that stands still for long it is given up before the others have answered: then
    // that showed nothing, and they are asked again.
    Eventually.holds(
        "the others answer while one is waited for",
        () -> {
          CompletableFuture<Object> late = new CompletableFuture<>();
          queue.submit(add(its), completing(late));
          for (RedisServer other : cluster.nodes().subList(0, 2)) {
            assertThat((Long) queue.run(add(key(primaries, other)))).isGreaterThanOrEqualTo(2L);
          }
          return !late.isDone();
        });

    frozen.thaw();
    Eventually.holds("then that one answers, too", () -> answers(queue, its));
  }

  private static boolean answers(ScriptQueue queue, byte[] key) {
    try {
      return (Long) queue.run(add(key)) >= 2;
    } catch (RedisUnknown givenUp) {
      return false;
    }
  }

  private static ScriptReply completing(CompletableFuture<Object> answer) {
    return new ScriptReply() {
      @Override
      public void answered(Object reply) {
        answer.complete(reply);
      }

      @Override
      public void failed(RuntimeException why) {
        answer.completeExceptionally(why);
      }
    };
  }

  private static byte[] key(Primaries primaries, RedisServer owner) {
    return IntStream.range(0, 1_000)
        .mapToObj(i -> ("{q" + i + "}counter").getBytes(UTF_8))
        .filter(key -> primaries.of(key).getPort() == owner.port())
        .findFirst()
        .orElseThrow();
  }

  private static ScriptCall add(byte[] key) {
    return new ScriptCall(ADD, List.of(key), List.of("1".getBytes(UTF_8)));
  }
}
