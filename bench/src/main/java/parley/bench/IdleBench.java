package parley.bench;

import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import parley.backing.FreePort;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;

/// Resident memory of a session node for each member who has entered and says nothing, on a
/// connection of its own.
final class IdleBench {
  private static final int WARM_PAIRS = 100;
  private static final long SETTLE_NANOS = 3_000_000_000L;

  private final Path folder;
  private final Passport passport;
  private final int pairs;

  IdleBench(Path folder, Passport passport, int pairs) {
    this.folder = folder;
    this.passport = passport;
    this.pairs = pairs;
  }

  void run() {
    try (RedisServer redis = RedisServer.start(RedisOptions.kept(folder, 0))) {
      int port = FreePort.any();
      try (ServerProcess session = SessionServer.start(folder, redis.address(), passport, port);
          Members warm = new Members("127.0.0.1:" + port, passport);
          Members idle = new Members("127.0.0.1:" + port, passport)) {
        warm.enter(WARM_PAIRS);
        LockSupport.parkNanos(SETTLE_NANOS);
        long before = session.cpu().residentBytes();
        idle.enter(pairs);
        LockSupport.parkNanos(SETTLE_NANOS);
        long grown = session.cpu().residentBytes() - before;
        System.out.printf(
            "%d idle members on connections of their own: %.1f kB each; node before: %.0f MB%n",
            2 * pairs, grown / 1024.0 / (2 * pairs), before / 1048576.0);
      }
    }
  }
}
