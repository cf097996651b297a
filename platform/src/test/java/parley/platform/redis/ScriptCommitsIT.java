package parley.platform.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.domain.NodeId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.testing.Eventually;
import parley.testing.TestStore;
import redis.clients.jedis.Jedis;

/// Commits with replicas: what is answered stays, whoever becomes primary.
class ScriptCommitsIT {
  private static final LuaScript ADD = LuaScript.resource(ScriptCommitsIT.class, "counter_add.lua");
  private static final LuaScript READ =
      LuaScript.resource(ScriptCommitsIT.class, "counter_read.lua");
  private static final ReplicaRule ONE = new ReplicaRule(1, ReplicaRule.Shortage.STOP);

  private final Lifecycle lifecycle = new Lifecycle();
  private final NodeContext context = NodeContext.of(new NodeId("commits-test"));

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsAnsweredBeforeAReplicaHasIt(TestStore store) {
    RedisServer primary = server(store);
    RedisServer replica = replicaOf(primary, store);
    ScriptCommits commits = commits(ONE, primary);
    commits.run(List.of(add("1")));
    replica.freeze();

    CompletableFuture<Object> answer = later(commits, add("1"));

    awaitValue(primary, "2");
    assertThat(answer).isNotDone();
    replica.thaw();
    assertThat(answer.join()).isEqualTo(2L);
  }

  /// On a connection of its own somebody else's write is not waited for, were it not for the mark.
  @ParameterizedTest
  @EnumSource
  void whatOthersWroteIsNotReadBeforeAReplicaHasIt(TestStore store) {
    RedisServer primary = server(store);
    RedisServer replica = replicaOf(primary, store);
    ScriptCommits reader = commits(ONE, primary);
    replica.freeze();
    commits(ReplicaRule.NONE, primary).run(List.of(add("7")));

    CompletableFuture<Object> answer = later(reader, read());

    Eventually.holds("the read waits for replicas", () -> blockedClients(primary) == 1);
    assertThat(answer).isNotDone();
    replica.thaw();
    assertThat(answer.join()).isEqualTo("7".getBytes(UTF_8));
  }

  @ParameterizedTest
  @EnumSource
  void withoutReplicasNothingIsCommittedUntilOneIsBack(TestStore store) {
    RedisServer primary = server(store);
    RedisServer replica = replicaOf(primary, store);
    ScriptCommits commits = commits(ONE, primary);
    replica.kill();

    assertThatThrownBy(() -> commits.run(List.of(add("1"))))
        .isInstanceOf(RedisUnknown.class)
        .hasMessageContaining("0 replicas have the batch, expected 1");

    replicaOf(primary, store);
    assertThat(commits.run(List.of(add("1")))).containsExactly(2L);
  }

  @ParameterizedTest
  @EnumSource
  void degradedGoesOnWithoutAndSaysSo(TestStore store) {
    RedisServer primary = server(store);
    ScriptCommits commits = commits(new ReplicaRule(1, ReplicaRule.Shortage.DEGRADED), primary);

    assertThat(commits.run(List.of(add("1")))).containsExactly(1L);
    assertThat(commits.run(List.of(add("1")))).containsExactly(2L);

    assertThat(context.meters().scrape())
        .contains("parley_redis_degraded{queue=\"test\"} 1.0")
        .contains("parley_redis_batches_degraded_total{queue=\"test\"} 2.0");
    replicaOf(primary, store);
    Eventually.holds(
        "it waits for replicas again",
        () -> {
          commits.run(List.of(read()));
          return context.meters().scrape().contains("parley_redis_degraded{queue=\"test\"} 0.0");
        });
  }

  @ParameterizedTest
  @EnumSource
  void theReplicaThatWasPromotedIsFoundAndHasEverything(TestStore store) {
    RedisServer primary = server(store);
    RedisServer replica = replicaOf(primary, store);
    RedisServer third = replicaOf(primary, store);
    ScriptCommits commits = commits(ONE, primary, replica);
    commits.run(List.of(add("1"), add("1")));
    awaitValue(replica, "2"); // one of two replicas was waited for, perhaps the other
    long before = commits.incarnation();

    primary.kill();
    replica.promote();
    third.follow(replica);

    assertThat(commits.run(List.of(add("1")))).containsExactly(3L);
    assertThat(commits.incarnation()).isGreaterThan(before);
  }

  /// An old primary that came back after a failover has none.
  @ParameterizedTest
  @EnumSource
  void aPrimaryWithReplicasGoesBeforeOneWithout(TestStore store) {
    RedisServer old = server(store);
    RedisServer current = server(store);
    replicaOf(current, store);

    commits(ONE, old, current).run(List.of(add("1")));

    awaitValue(current, "1");
    try (Jedis client = client(old)) {
      assertThat(client.get("counter")).isNull();
    }
  }

  /// A busy disk froze Redis for 7 s once.
  @Test
  void aStallOfSevenSecondsIsWaitedOut() {
    RedisServer primary = server(TestStore.REDIS);
    ScriptCommits commits = commits(ReplicaRule.NONE, primary);
    commits.run(List.of(read()));
    primary.freeze();
    CompletableFuture<Object> answer = later(commits, add("1"));
    CompletableFuture<Void> thawing =
        CompletableFuture.runAsync(
            primary::thaw,
            CompletableFuture.delayedExecutor(7, TimeUnit.SECONDS, Thread::startVirtualThread));

    assertThat((Long) answer.join()).isPositive();
    thawing.join();
  }

  @Test
  void afterCloseNothingIsConnected() {
    RedisServer primary = server(TestStore.REDIS);
    ScriptCommits commits = commits(ReplicaRule.NONE, primary);
    commits.run(List.of(read()));
    primary.freeze();
    CompletableFuture<Object> answer = later(commits, add("1"));

    commits.close();

    assertThatThrownBy(answer::join).hasCauseInstanceOf(RedisUnknown.class);
    primary.thaw();
    assertThatThrownBy(() -> commits.run(List.of(read()))).isInstanceOf(RedisUnknown.class);
    Eventually.holds("nobody is connected", () -> clients(primary) == 1);
  }

  @ParameterizedTest
  @EnumSource
  void aPrimaryThatWasMadeAReplicaIsLeft(TestStore store) {
    RedisServer primary = server(store);
    RedisServer other = server(store);
    ScriptCommits commits = commits(ReplicaRule.NONE, primary, other);
    commits.run(List.of(add("5")));

    primary.follow(other);

    assertThat(commits.run(List.of(add("1")))).containsExactly(1L);
  }

  private ScriptCommits commits(ReplicaRule rule, RedisServer... servers) {
    RedisConfig config =
        new RedisConfig(
            Stream.of(servers).map(RedisServer::address).map(HostPort::parse).toList(), "", rule);
    return lifecycle.own(ScriptCommits.open(config, "test", context));
  }

  private RedisServer server(TestStore store) {
    return lifecycle.own(RedisServer.start(RedisOptions.fleeting().with(store.program())));
  }

  private RedisServer replicaOf(RedisServer primary, TestStore store) {
    RedisServer replica = server(store);
    replica.follow(primary);
    return replica;
  }

  private static CompletableFuture<Object> later(ScriptCommits commits, ScriptCall call) {
    return CompletableFuture.supplyAsync(() -> commits.run(List.of(call)).getFirst());
  }

  private static void awaitValue(RedisServer server, String value) {
    try (Jedis client = client(server)) {
      Eventually.holds("the counter is " + value, () -> value.equals(client.get("counter")));
    }
  }

  private static int blockedClients(RedisServer server) {
    return counted(server, "blocked_clients:");
  }

  private static int clients(RedisServer server) {
    return counted(server, "connected_clients:");
  }

  private static int counted(RedisServer server, String what) {
    try (Jedis client = client(server)) {
      return client
          .info("clients")
          .lines()
          .filter(line -> line.startsWith(what))
          .mapToInt(line -> Integer.parseInt(line.substring(what.length())))
          .sum();
    }
  }

  private static Jedis client(RedisServer server) {
    return new Jedis("127.0.0.1", server.port());
  }

  private static ScriptCall add(String amount) {
    return new ScriptCall(ADD, List.of("counter".getBytes(UTF_8)), List.of(amount.getBytes(UTF_8)));
  }

  private static ScriptCall read() {
    return new ScriptCall(READ, List.of("counter".getBytes(UTF_8)), List.of());
  }
}
