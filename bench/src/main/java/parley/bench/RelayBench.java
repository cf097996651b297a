package parley.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;

/// CPU for each delivered message at window 1 and 16, of the session node and Redis together,
/// beside the bare relay in the same run. Everything is on this machine; the driver is not counted.
final class RelayBench {
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration WINDOW = Duration.ofSeconds(4);
  private static final int ROUNDS = 3;
  private static final int WIDE = 16;

  private final Path folder;
  private final Passport passport;
  private final int pairs;

  RelayBench(Path folder, Passport passport, int pairs) {
    this.folder = folder;
    this.passport = passport;
    this.pairs = pairs;
  }

  void run() {
    System.out.printf(
        "%d pairs, 100-byte texts, native face, own connection each, no door; %d windows of %d s after %d s%n",
        pairs, ROUNDS, WINDOW.toSeconds(), WARM_UP.toSeconds());
    System.out.println(
        "                    window    messages/s   server µs    Redis µs   total µs a delivered message");
    try (ServerProcess bare = ServerProcess.start(BareRelay.class.getName())) {
      measure(
          "bare relay",
          "127.0.0.1:" + bare.readyLine().substring("ready ".length()),
          bare.cpu(),
          List.of());
    }
    try (RedisServer redis = RedisServer.start(RedisOptions.kept(folder, 0))) {
      int port = SessionServer.freePort();
      try (ServerProcess session = SessionServer.start(folder, redis.address(), passport, port)) {
        measure(
            "session + Redis",
            "127.0.0.1:" + port,
            session.cpu(),
            List.of(new ProcessCpu(redis.pid())));
      }
    }
  }

  private void measure(String name, String address, ProcessCpu server, List<ProcessCpu> redis) {
    try (Members members = new Members(address, passport)) {
      members.enter(pairs);
      members.serve(1);
      pass(WARM_UP);
      for (int round = 0; round < ROUNDS; round++) {
        window(name, 1, members, server, redis);
      }
      members.serve(WIDE - 1);
      pass(WINDOW);
      for (int round = 0; round < ROUNDS; round++) {
        window(name, WIDE, members, server, redis);
      }
    }
  }

  private static void window(
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
