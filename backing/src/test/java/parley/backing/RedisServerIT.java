package parley.backing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerIT {
  @TempDir Path folder;

  @Test
  void answersWhenStartReturnsAndIsGoneAfterClose() {
    RedisServer redis = RedisServer.start(RedisOptions.fleeting());
    assertThat(redis.ask("PING")).startsWith("+PONG");
    redis.close();
    assertThat(redis.ask("PING")).isEmpty();
    assertThat(ProcessHandle.of(redis.pid())).isEmpty();
  }

  @Test
  void runsWithTheSettingsThatParleyReliesOn() {
    try (RedisServer redis = RedisServer.start(RedisOptions.fleeting())) {
      assertThat(redis.ask("CONFIG GET stream-node-max-bytes")).contains("\r\n1024\r\n");
      assertThat(redis.ask("CONFIG GET maxmemory-policy")).contains("\r\nnoeviction\r\n");
    }
  }

  @Test
  void aKeptServerRemembersThroughAKill() {
    RedisServer first = RedisServer.start(RedisOptions.kept(folder, 0));
    assertThat(first.ask("SET greeting hello")).startsWith("+OK");
    await("the write is on disk").until(() -> onDisk("hello"));
    first.kill();
    try (RedisServer second = RedisServer.start(RedisOptions.kept(folder, first.port()))) {
      assertThat(second.ask("GET greeting")).contains("hello");
    }
  }

  @Test
  void aBusyPortIsASentence() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> RedisServer.start(RedisOptions.kept(folder, port)))
          .isInstanceOf(NotStarted.class)
          .hasMessage("port " + port + " for Redis is taken by another process");
    }
  }

  @Test
  void aReplicaHasWhatThePrimaryHadAndTakesItsPlace() {
    try (RedisServer primary = RedisServer.start(RedisOptions.fleeting());
        RedisServer replica = RedisServer.start(RedisOptions.fleeting())) {
      primary.ask("SET greeting hello");
      replica.follow(primary);
      assertThat(replica.ask("GET greeting")).contains("hello");
      assertThat(replica.ask("SET greeting bye")).startsWith("-READONLY");

      primary.kill();
      replica.promote();

      assertThat(replica.ask("SET greeting bye")).startsWith("+OK");
    }
  }

  @Test
  void aFrozenServerIsSilentUntilItThaws() {
    try (RedisServer redis = RedisServer.start(RedisOptions.fleeting())) {
      redis.freeze();
      assertThat(redis.ask("PING")).isEmpty();
      redis.thaw();
      assertThat(redis.ask("PING")).startsWith("+PONG");
    }
  }

  @Test
  void aSlotMovesWithItsKeys() {
    try (RedisCluster cluster = RedisCluster.start()) {
      int slot = 12_182; // of "foo", as the cluster specification computes it
      RedisServer from =
          cluster.nodes().stream()
              .filter(node -> node.ask("SET foo bar").startsWith("+OK"))
              .findFirst()
              .orElseThrow();
      RedisServer to =
          cluster.nodes().stream().filter(node -> node != from).findFirst().orElseThrow();

      cluster.moveSlot(slot, from, to);

      assertThat(to.ask("GET foo")).contains("bar");
      assertThat(from.ask("GET foo")).startsWith("-MOVED 12182 " + to.address());
    }
  }

  @Test
  void threeNodesFormACluster() {
    try (RedisCluster cluster = RedisCluster.start()) {
      assertThat(cluster.addresses()).hasSize(3);
      assertThat(cluster.nodes())
          .allSatisfy(
              node -> assertThat(node.ask("CLUSTER INFO")).contains("cluster_known_nodes:3"));
    }
  }

  private boolean onDisk(String words) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toString().contains("aof") && Files.readString(file, ISO_8859_1).contains(words)) {
          return true;
        }
      }
    }
    return false;
  }
}
