package parley.backing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// A real Redis on a port of loopback, ready when [#start] returns and gone when the JVM is.
///
/// It is configured as Parley needs it everywhere: nothing is evicted, and stream nodes are small
/// so that reading one entry does not walk 4 KiB.
public final class RedisServer implements AutoCloseable {
  static final int BUS_DISTANCE = 10_000;
  private static final int ATTEMPTS = 5;
  private static final Duration READY_WITHIN = Duration.ofSeconds(15);

  private final int port;
  private final ChildProcess process;

  private RedisServer(int port, ChildProcess process) {
    this.port = port;
    this.process = process;
  }

  /// Starts a server and waits until it answers.
  ///
  /// @throws NotStarted if the wished port is busy or the server ends or stays silent; the message
  ///   holds its last lines.
  public static RedisServer start(RedisOptions options) {
    if (options.port() != 0) {
      return startOn(options.port(), options);
    }
    for (int attempt = 1; ; attempt++) {
      boolean alone = options.topology() == RedisOptions.Topology.ALONE;
      try {
        return startOn(alone ? FreePort.any() : FreePort.withNeighbour(BUS_DISTANCE), options);
      } catch (NotStarted e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /// `127.0.0.1:port`.
  public String address() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /// SIGKILL: what was not yet on disk is lost.
  public void kill() {
    process.kill();
  }

  /// SIGSTOP: it keeps its connections and answers nothing.
  public void freeze() {
    signal("STOP");
  }

  /// SIGCONT.
  public void thaw() {
    signal("CONT");
  }

  /// Makes it a replica of another, and returns once it has all that the other had, and the other
  /// counts it.
  ///
  /// @throws NotStarted if that takes longer than 15 s
  public void follow(RedisServer primary) {
    ask("REPLICAOF 127.0.0.1 " + primary.port());
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    String counted = "port=" + port + ",state=online";
    while (!ask("INFO replication").contains("master_link_status:up")
        || !primary.ask("INFO replication").contains(counted)) {
      if (System.nanoTime() > deadline) {
        throw new NotStarted("Redis on port " + port + " did not become a replica");
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  /// Returns once this replica has all that its primary has by now.
  public void catchUp(RedisServer primary) {
    long there = offset(primary);
    while (offset(this) < there) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private static long offset(RedisServer server) {
    return server
        .ask("INFO replication")
        .lines()
        .filter(line -> line.startsWith("master_repl_offset:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
        .sum();
  }

  /// Makes a replica a primary, with what it has.
  public void promote() {
    ask("REPLICAOF NO ONE");
  }

  @Override
  public void close() {
    thaw();
    process.close();
  }

  private void signal(String name) {
    if (process.running()) {
      try {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
      } catch (IOException e) {
        throw new UncheckedIOException("kill could not be run", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RedisServer startOn(int port, RedisOptions options) {
    if (!FreePort.free(port)) {
      throw new NotStarted("port " + port + " for Redis is taken by another process");
    }
    Path kept = options.folder();
    Path folder = kept == null ? scratch() : kept;
    Path log = folder.resolve("redis.log");
    ChildProcess process =
        ChildProcess.start(
            new ChildProcess.Start(
                command(port, folder, options), log, Map.of(), kept == null ? folder : null));
    RedisServer server = new RedisServer(port, process);
    if (!server.answersWithin(READY_WITHIN)) {
      String last = ChildProcess.tail(log);
      process.kill();
      throw new NotStarted("Redis on port " + port + " did not start; its last lines:\n" + last);
    }
    return server;
  }

  private static List<String> command(int port, Path folder, RedisOptions options) {
    boolean append = options.persistence() == RedisOptions.Persistence.APPEND_ONLY;
    boolean alone = options.topology() == RedisOptions.Topology.ALONE;
    return List.of(
        RedisProgram.server(options.program()).toString(),
        "--port",
        Integer.toString(port),
        "--bind",
        "127.0.0.1",
        "--dir",
        folder.toString(),
        "--daemonize",
        "no",
        "--save",
        "",
        "--appendonly",
        append ? "yes" : "no",
        "--appendfsync",
        "everysec",
        "--maxmemory-policy",
        "noeviction",
        "--stream-node-max-bytes",
        "1024",
        "--repl-diskless-sync-delay",
        "0",
        "--cluster-enabled",
        alone ? "no" : "yes");
  }

  private boolean answersWithin(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (process.running() && System.nanoTime() < deadline) {
      if (ask("PING").startsWith("+PONG")) {
        return process.running();
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    return false;
  }

  /// Sends one inline command and returns the first bytes of its reply, or nothing.
  String ask(String command) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(1_000);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] reply = new byte[4_096];
      int length = socket.getInputStream().read(reply);
      return new String(reply, 0, Math.max(0, length), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("parley-redis-");
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for Redis could be made", e);
    }
  }
}
