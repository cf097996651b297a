package parley.platform.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.platform.config.HostPort;
import parley.testing.TestRedis;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

class ScriptConnectionIT {
  private static final LuaScript ADD =
      LuaScript.resource(ScriptConnectionIT.class, "counter_add.lua");
  private static final LuaScript READ =
      LuaScript.resource(ScriptConnectionIT.class, "counter_read.lua");

  private static final byte[] KEY = "any".getBytes(UTF_8);

  private final RedisConfig shared =
      new RedisConfig(HostPort.parse(TestRedis.shared()), TestRedis.prefix());

  @Test
  void repliesComeInTheOrderOfTheCalls() {
    try (ScriptConnection connection = ScriptConnection.open(shared, KEY)) {
      assertThat(connection.run(List.of(add("a", "1"), add("b", "5"), add("a", "1"))))
          .containsExactly(1L, 5L, 2L);
    }
  }

  @Test
  void aFlushedScriptCacheIsNotSeenByTheCaller() {
    try (ScriptConnection connection = ScriptConnection.open(shared, KEY);
        RedisStore store = RedisStore.open(shared)) {
      connection.run(List.of(add("a", "1")));
      store.commands().scriptFlush(shared.prefix());

      assertThat(connection.run(List.of(add("a", "1"), add("a", "1")))).containsExactly(2L, 3L);
    }
  }

  /// Whatever others have loaded since Redis started.
  @Test
  void callsOfAScriptThatRedisDoesNotKnowKeepTheirPlace() {
    try (ScriptConnection other = ScriptConnection.open(shared, KEY);
        ScriptConnection connection = ScriptConnection.open(shared, KEY);
        RedisStore store = RedisStore.open(shared)) {
      store.commands().scriptFlush(shared.prefix());
      other.run(List.of(read("a")));

      assertThat(connection.run(List.of(add("a", "5"), read("a"))))
          .containsExactly(5L, "5".getBytes(UTF_8));
    }
  }

  /// Another node may have loaded the one script and not yet the other.
  @Test
  void whatWasAskedForAfterAForgottenScriptRunsAfterIt() {
    try (ScriptConnection other = ScriptConnection.open(shared, KEY);
        ScriptConnection connection = ScriptConnection.open(shared, KEY);
        RedisStore store = RedisStore.open(shared)) {
      connection.run(List.of(add("a", "1"), read("a")));
      store.commands().scriptFlush(shared.prefix());
      other.run(List.of(read("b")));

      assertThat(connection.run(List.of(add("a", "5"), read("a"))))
          .containsExactly(6L, "6".getBytes(UTF_8));
    }
  }

  @Test
  void anErrorOfOneCallIsThatCallsReplyAlone() {
    try (ScriptConnection connection = ScriptConnection.open(shared, KEY)) {
      List<Object> replies = connection.run(List.of(add("a", "1"), add("a", "x"), add("a", "1")));

      assertThat(replies.get(0)).isEqualTo(1L);
      assertThat(replies.get(1))
          .isInstanceOfSatisfying(
              RedisRefusal.class, refusal -> assertThat(refusal).hasMessageContaining("integer"));
      assertThat(replies.get(2)).isEqualTo(2L);
    }
  }

  @Test
  void aDeadRedisIsUnknown() {
    RedisServer server = RedisServer.start(RedisOptions.fleeting());
    RedisConfig config = new RedisConfig(HostPort.parse(server.address()), "");
    try (ScriptConnection connection = ScriptConnection.open(config, KEY)) {
      connection.run(List.of(add("a", "1")));
      server.kill();

      assertThatThrownBy(() -> connection.run(List.of(add("a", "1"))))
          .isInstanceOf(RedisUnknown.class);
    }
  }

  @Test
  void aReplicaIsRefused() {
    try (RedisServer replica = RedisServer.start(RedisOptions.fleeting())) {
      RedisConfig config = new RedisConfig(HostPort.parse(replica.address()), "");
      try (RedisStore store = RedisStore.open(config)) {
        store
            .commands()
            .executeCommand(
                new CommandArguments(Protocol.Command.REPLICAOF)
                    .add("127.0.0.1")
                    .add(TestRedis.port()));
      }

      assertThatThrownBy(() -> ScriptConnection.open(config, KEY))
          .isInstanceOf(RedisUnknown.class)
          .hasMessageContaining("role is 'slave', expected master");
    }
  }

  private ScriptCall read(String counter) {
    return new ScriptCall(READ, List.of((shared.prefix() + counter).getBytes(UTF_8)), List.of());
  }

  private ScriptCall add(String counter, String amount) {
    return new ScriptCall(
        ADD, List.of((shared.prefix() + counter).getBytes(UTF_8)), List.of(amount.getBytes(UTF_8)));
  }
}
