package parley.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.relay.Body;
import parley.relay.Draft;
import parley.relay.LogRequest;
import parley.testing.TestStore;
import redis.clients.jedis.Jedis;

/// Why an append writes also when it is a duplicate: WAIT asks only for what this connection wrote.
class DuplicateWritesIT {
  private static final int WAIT_MS = 300;

  private final Lifecycle lifecycle = new Lifecycle();
  private final SessionId session = SessionId.random(RandomGenerator.getDefault());

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @ParameterizedTest
  @EnumSource
  void aWaitAfterADuplicateWaits(TestStore store) throws IOException {
    RedisServer primary = server(store);
    RedisServer replica = server(store);
    RedisConfig config = new RedisConfig(HostPort.parse(primary.address()), "");
    RelayKeys keys = new RelayKeys("");
    RedisAppendLog log =
        lifecycle.own(
            RedisAppendLog.open(
                config, LogRetention.DEFAULTS, NodeContext.of(new NodeId("node-1"))));
    log.run(List.of(new LogRequest.Open(session, 7, 2, null)));
    log.run(List.of(new LogRequest.Attach(session, 1, new NodeId("node-1"), null)));
    replica.follow(primary);
    replica.freeze();
    Draft draft = new Draft(1, 1, 1, 11, Instant.EPOCH, Body.of(new byte[] {'a'}));
    log.run(List.of(new LogRequest.Append(session, List.of(draft))));

    try (Jedis other = new Jedis("127.0.0.1", primary.port());
        Jedis reader = new Jedis("127.0.0.1", primary.port())) {
      reader.get(keys.state(session));
      long afterRead = reader.waitReplicas(1, WAIT_MS);
      Object reply =
          other.eval(
              script(),
              List.of(keys.state(session), keys.log(session)),
              List.of(number(300), number(64), number(1_000_000), number(1 << 20), packed(draft)));
      List<?> answers = (List<?>) reply;

      assertThat(((byte[]) answers.get(1))[0]).as("duplicate").isEqualTo((byte) 'D');
      assertThat(other.waitReplicas(1, WAIT_MS)).as("replicas that have it").isZero();
      assertThat(afterRead)
          .as("what WAIT says after a command that changed nothing")
          .isEqualTo(store == TestStore.VALKEY ? 1 : 0);
    }
  }

  private RedisServer server(TestStore store) {
    return lifecycle.own(RedisServer.start(RedisOptions.fleeting().with(store.program())));
  }

  private static byte[] script() throws IOException {
    try (var shared = RedisAppendLog.class.getResourceAsStream("log_trim.lua");
        var own = RedisAppendLog.class.getResourceAsStream("log_append.lua")) {
      return new SequenceInputStream(shared, own).readAllBytes();
    }
  }

  private static byte[] packed(Draft draft) {
    return ByteBuffer.allocate(LogScripts.HEADER_BYTES + draft.body().size())
        .put((byte) draft.member())
        .putInt((int) draft.attachment())
        .putInt((int) draft.sequence())
        .putInt(99)
        .putLong(draft.at().toEpochMilli())
        .put(draft.body().bytes())
        .array();
  }

  private static byte[] number(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }
}
