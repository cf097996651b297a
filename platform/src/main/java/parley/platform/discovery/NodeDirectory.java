package parley.platform.discovery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.platform.redis.LuaScript;
import parley.platform.redis.RedisConfig;

/// The list of nodes whose lease lasts, by Redis' clock. For [KnownNodes] and for operators; off
/// every hot path. Thread-safe: one reader at a time, on one connection of its own.
public final class NodeDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeDirectory.class);
  private static final LuaScript LIST = LuaScript.resource(NodeDirectory.class, "node_list.lua");

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final DirectoryConnection redis;

  private NodeDirectory(DirectoryConnection redis) {
    this.redis = redis;
  }

  /// Connects on first use.
  public static NodeDirectory over(RedisConfig redis) {
    return new NodeDirectory(new DirectoryConnection(redis));
  }

  /// Every registered node, draining ones too, in no order. Entries of services that this version
  /// does not know are left out.
  ///
  /// @throws RuntimeException if Redis does not answer: go on with what is known
  public List<RegisteredNode> list() {
    return ((List<?>) read())
        .stream().filter(Objects::nonNull).flatMap(entry -> node((byte[]) entry).stream()).toList();
  }

  /// The processes that hold the leases of one service's nodes, draining ones too, in no order.
  ///
  /// @throws RuntimeException if Redis does not answer
  public List<LivingNode> lives(ServiceName service) {
    return ((List<?>) read())
        .stream()
            .filter(Objects::nonNull)
            .flatMap(entry -> StoredNodes.life((byte[]) entry, service).stream())
            .toList();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      redis.close();
    } finally {
      lock.unlock();
    }
  }

  private Object read() {
    lock.lock();
    try {
      return redis.run(LIST, List.of());
    } finally {
      lock.unlock();
    }
  }

  private static Optional<RegisteredNode> node(byte[] entry) {
    try {
      return StoredNodes.read(entry);
    } catch (IllegalArgumentException unreadable) {
      LOG.atWarn().setCause(unreadable).log("an entry of the directory is left out");
      return Optional.empty();
    }
  }
}
