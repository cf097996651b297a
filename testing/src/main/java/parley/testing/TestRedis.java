package parley.testing;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;

/// One real Redis for all tests of this JVM, started on first use and gone with the JVM.
///
/// Tests keep apart by [#prefix], never by flushing. A test that stops, kills or fills its Redis
/// starts one of its own ([RedisServer#start]).
public final class TestRedis {
  private static final String RUN = run();
  private static final AtomicInteger TESTS = new AtomicInteger();

  private TestRedis() {}

  /// Where it listens, as `127.0.0.1:port`.
  public static String shared() {
    return Server.SHARED.address();
  }

  /// The port of [#shared].
  public static int port() {
    return Server.SHARED.port();
  }

  /// A key prefix that no other test of this or another run has; short, ends in a colon, holds no
  /// brace.
  public static String prefix() {
    return "t" + RUN + "-" + TESTS.incrementAndGet() + ":";
  }

  private static String run() {
    byte[] bytes = new byte[3];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static final class Server {
    private static final RedisServer SHARED = RedisServer.start(RedisOptions.fleeting());
  }
}
