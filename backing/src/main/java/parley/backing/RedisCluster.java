package parley.backing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Three real Redis masters that share the slots of one cluster; all gone when the JVM is.
public final class RedisCluster implements AutoCloseable {
  private static final int NODES = 3;
  private static final Duration FORMED_WITHIN = Duration.ofSeconds(20);

  private final List<RedisServer> nodes;

  private RedisCluster(List<RedisServer> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /// Starts three nodes, joins them and waits until each of them says that the cluster is well.
  ///
  /// @throws NotStarted if there is no `redis-cli`, or the nodes do not find each other in time.
  public static RedisCluster start() {
    Path client =
        RedisProgram.client()
            .orElseThrow(
                () -> new NotStarted("a cluster needs redis-cli: install redis-server 7 or newer"));
    List<RedisServer> nodes = new ArrayList<>();
    try {
      for (int i = 0; i < NODES; i++) {
        nodes.add(RedisServer.start(node()));
      }
      join(client, nodes);
      awaitWell(nodes);
    } catch (RuntimeException e) {
      nodes.forEach(RedisServer::close);
      throw e;
    }
    return new RedisCluster(nodes);
  }

  /// `127.0.0.1:port` of each node.
  public List<String> addresses() {
    return nodes.stream().map(RedisServer::address).toList();
  }

  public List<RedisServer> nodes() {
    return nodes;
  }

  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }

  private static RedisOptions node() {
    return new RedisOptions(
        0, null, RedisOptions.Persistence.NONE, RedisOptions.Topology.CLUSTER_NODE);
  }

  private static void join(Path client, List<RedisServer> nodes) {
    List<String> command = new ArrayList<>(List.of(client.toString(), "--cluster", "create"));
    nodes.forEach(node -> command.add(node.address()));
    command.addAll(List.of("--cluster-replicas", "0", "--cluster-yes"));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(FORMED_WITHIN.toSeconds(), TimeUnit.SECONDS)
          || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new NotStarted("the Redis cluster was not formed; redis-cli said:\n" + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("redis-cli could not be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotStarted("interrupted while the Redis cluster was forming");
    }
  }

  private static void awaitWell(List<RedisServer> nodes) {
    long deadline = System.nanoTime() + FORMED_WITHIN.toNanos();
    while (!nodes.stream().allMatch(n -> n.ask("CLUSTER INFO").contains("cluster_state:ok"))) {
      if (System.nanoTime() > deadline) {
        throw new NotStarted("the Redis cluster did not become well in " + FORMED_WITHIN);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
