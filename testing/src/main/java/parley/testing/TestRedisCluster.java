package parley.testing;

import java.util.List;
import parley.backing.RedisCluster;

/// One real Redis Cluster of three masters for all tests of this JVM, started on first use and gone
/// with the JVM. Tests keep apart by [TestRedis#prefix].
public final class TestRedisCluster {
  private TestRedisCluster() {}

  /// Where its three nodes listen, each as `127.0.0.1:port`.
  public static List<String> shared() {
    return Cluster.SHARED.addresses();
  }

  private static final class Cluster {
    private static final RedisCluster SHARED = RedisCluster.start();
  }
}
