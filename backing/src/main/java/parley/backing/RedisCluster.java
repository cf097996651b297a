package parley.backing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// Three real Redis masters that share the slots of one cluster; all gone when the JVM is.
public final class RedisCluster implements AutoCloseable {
  private static final int NODES = 3;
  private static final Duration FORMED_WITHIN = Duration.ofSeconds(20);

  private final List<RedisServer> nodes;

  private RedisCluster(List<RedisServer> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /// As [#start(RedisOptions.Program)], of the machine's own server.
  public static RedisCluster start() {
    return start(RedisOptions.Program.REDIS);
  }

  /// Starts three nodes, joins them and waits until each of them says that the cluster is well.
  ///
  /// @throws NotStarted if there is no `redis-cli`, or the nodes do not find each other in time.
  public static RedisCluster start(RedisOptions.Program program) {
    Path client =
        RedisProgram.client()
            .orElseThrow(
                () -> new NotStarted("a cluster needs redis-cli: install redis-server 7 or newer"));
    List<RedisServer> nodes = new ArrayList<>();
    try {
      for (int i = 0; i < NODES; i++) {
        nodes.add(RedisServer.start(node(program)));
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

  /// Moves one slot and its keys, as an operator's resharding does it, and waits until all nodes
  /// know. Until it returns, calls for keys of the slot may be answered ASK or TRYAGAIN; after it,
  /// MOVED by all but `to`.
  public void moveSlot(int slot, RedisServer from, RedisServer to) {
    tell(to, "CLUSTER SETSLOT " + slot + " IMPORTING " + id(from));
    tell(from, "CLUSTER SETSLOT " + slot + " MIGRATING " + id(to));
    for (String keys = keys(slot, from); !keys.isEmpty(); keys = keys(slot, from)) {
      tell(from, "MIGRATE 127.0.0.1 " + to.port() + " \"\" 0 5000 KEYS " + keys);
    }
    tell(to, "CLUSTER SETSLOT " + slot + " NODE " + id(to));
    nodes.forEach(node -> tell(node, "CLUSTER SETSLOT " + slot + " NODE " + id(to)));
    awaitWell(nodes);
  }

  private static void tell(RedisServer node, String command) {
    String answer = node.ask(command);
    if (!answer.startsWith("+")) {
      throw new IllegalStateException("'" + command + "' was answered '" + answer.strip() + "'");
    }
  }

  private static String id(RedisServer node) {
    return node.ask("CLUSTER MYID").lines().skip(1).findFirst().orElseThrow();
  }

  /// Up to ten keys of the slot, with spaces between them.
  private static String keys(int slot, RedisServer node) {
    return node.ask("CLUSTER GETKEYSINSLOT " + slot + " 10")
        .lines()
        .filter(line -> !line.startsWith("*") && !line.startsWith("$"))
        .collect(Collectors.joining(" "));
  }

  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }

  private static RedisOptions node(RedisOptions.Program program) {
    return new RedisOptions(
        0, null, RedisOptions.Persistence.NONE, RedisOptions.Topology.CLUSTER_NODE, program);
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
    while (!isWell(nodes)) {
      if (System.nanoTime() > deadline) {
        throw new NotStarted("the Redis cluster did not become well in " + FORMED_WITHIN);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /// Each node says so, and all know the same config epochs: a slot that is moved before then may
  /// end with two owners that send callers to each other.
  private static boolean isWell(List<RedisServer> nodes) {
    return nodes.stream().allMatch(n -> n.ask("CLUSTER INFO").contains("cluster_state:ok"))
        && nodes.stream().map(RedisCluster::epochs).distinct().count() == 1;
  }

  /// The config epoch of each node, as this one knows them.
  private static Set<String> epochs(RedisServer node) {
    return node.ask("CLUSTER NODES")
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(words -> words.length > 7)
        .map(words -> words[0] + " " + words[6])
        .collect(Collectors.toSet());
  }
}
