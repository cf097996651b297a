package parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import parley.backing.FreePort;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;

/// CPU for each delivered message at window 1 and 16, of the session node and Redis together,
/// beside the bare relay in the same run. Everything is on this machine; the driver is not counted.
final class RelayBench {
  private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  /// Of a look's time: below that, compilers rest.
  private static final double COMPILING = 0.05;

  private static final Duration WINDOW = Duration.ofSeconds(4);
  private static final int ROUNDS = 3;
  private static final int WIDE = 16;

  private final Path folder;
  private final Passport passport;
  private final int pairs;
  private final Map<Integer, Double> floors = new HashMap<>();

  RelayBench(Path folder, Passport passport, int pairs) {
    this.folder = folder;
    this.passport = passport;
    this.pairs = pairs;
  }

  void run() {
    System.out.printf(
        "%d pairs, 128-byte texts, native face, own connection each, no door, AOF everysec; %d"
            + " windows of %d s once compilers rest, or after %d s; %s%n",
        pairs, ROUNDS, WINDOW.toSeconds(), 2 * LONGEST_WARM_UP.toSeconds(), Cores.apart());
    System.out.println(
        "                    window    messages/s   server us    Redis us   total us a delivered"
            + " message   x bare");
    try (ServerProcess bare = ServerProcess.start(BareRelay.class.getName())) {
      String port = bare.readyLine().substring("ready ".length());
      measure("bare relay", "127.0.0.1:" + port, bare.cpu(), List.of());
    }
    session("session, no delays", SessionServer.Delays.NONE);
    session("session", SessionServer.Delays.DEFAULT);
  }

  private void session(String name, SessionServer.Delays delays) {
    try (RedisServer redis = RedisServer.start(RedisOptions.kept(fresh(), 0));
        MatchStandIn _ = MatchStandIn.over(redis.address())) {
      int port = FreePort.any();
      try (ServerProcess session =
          SessionServer.start(folder, redis.address(), passport, port, delays)) {
        measure(name, "127.0.0.1:" + port, session.cpu(), List.of(new ProcessCpu(redis.pid())));
      }
    }
  }

  private Path fresh() {
    try {
      return Files.createTempDirectory(folder, "redis-");
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private void measure(String name, String address, ProcessCpu server, List<ProcessCpu> redis) {
    warmUp(1, address, server);
    warmUp(WIDE, address, server);
    var _ = Cores.SERVERS.keep(server.pid());
    redis.forEach(process -> Cores.SERVERS.keep(process.pid()));
    try (Members members = new Members(address, passport)) {
      members.enter(pairs);
      members.serve(1);
      pass(WINDOW);
      rounds(name, 1, members, server, redis);
      members.serve(WIDE - 1);
      pass(WINDOW);
      rounds(name, WIDE, members, server, redis);
    }
  }

  /// On all cores: who shares one with what it compiles takes minutes.
  private void warmUp(int width, String address, ProcessCpu server) {
    try (Members members = new Members(address, passport)) {
      members.enter(pairs);
      members.serve(width);
      long until = System.nanoTime() + LONGEST_WARM_UP.toNanos();
      while (isCompiling(server) && System.nanoTime() - until < 0) {
        // Looks for as long as it takes.
      }
    }
  }

  private static boolean isCompiling(ProcessCpu server) {
    Duration before = server.compilers();
    pass(LOOK_EVERY);
    return server.compilers().minus(before).toNanos() > COMPILING * LOOK_EVERY.toNanos();
  }

  private void rounds(
      String name, int width, Members members, ProcessCpu server, List<ProcessCpu> redis) {
    ThreadCosts threads = ThreadCosts.from(server);
    long messages = members.delivered();
    List<Double> totals = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      totals.add(window(name, width, members, server, redis));
    }
    totals.sort(null);
    double median = totals.get(ROUNDS / 2);
    double floor = floors.computeIfAbsent(width, _ -> median);
    System.out.printf("%-20s %6d %69.1f %8.1f  (median)%n", name, width, median, median / floor);
    threads.print(Math.max(1, members.delivered() - messages));
  }

  private static double window(
      String name, int width, Members members, ProcessCpu server, List<ProcessCpu> redis) {
    long before = members.delivered();
    Duration serverBefore = server.used();
    Duration redisBefore = sum(redis);
    long began = System.nanoTime();
    pass(WINDOW);
    double seconds = (System.nanoTime() - began) / 1e9;
    long messages = Math.max(1, members.delivered() - before);
    double serverMicros = micros(server.used().minus(serverBefore)) / messages;
    double redisMicros = micros(sum(redis).minus(redisBefore)) / messages;
    System.out.printf(
        "%-20s %6d %13.0f %11.1f %11.1f %10.1f%n",
        name, width, messages / seconds, serverMicros, redisMicros, serverMicros + redisMicros);
    return serverMicros + redisMicros;
  }

  private static Duration sum(List<ProcessCpu> processes) {
    return processes.stream().map(ProcessCpu::used).reduce(Duration.ZERO, Duration::plus);
  }

  private static double micros(Duration duration) {
    return duration.toNanos() / 1e3;
  }

  private static void pass(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
    }
  }
}
