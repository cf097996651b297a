package parley.faults.machine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;

/// The Redis of a machine behind a gate: one server, or a primary and its replica. Whichever is
/// primary, nodes find it at one address, as behind a Sentinel's or a cloud's name. Used by one
/// thread.
public final class Store implements AutoCloseable {
  private final Path folder;
  private final Gate gate;
  private volatile RedisServer primary;
  private @Nullable RedisServer replica;
  private int started;

  /// How many servers a store has.
  public enum Kind {
    /// Killed, it is started again with the file it wrote.
    SINGLE,
    /// What is committed is on both.
    REPLICATED
  }

  private Store(Path folder, RedisServer primary) {
    this.folder = folder;
    this.primary = primary;
    this.gate = Gate.before(primary.port());
  }

  /// Starts it.
  ///
  /// @param folder an existing one
  public static Store start(Kind kind, Path folder) {
    Store store =
        new Store(folder, RedisServer.start(RedisOptions.kept(Folders.made(folder, "redis-0"), 0)));
    if (kind == Kind.REPLICATED) {
      store.replicate();
    }
    return store;
  }

  /// `127.0.0.1:port`, where nodes find it.
  public String address() {
    return gate.address();
  }

  /// The port of whoever is primary now, not through the gate. Any thread.
  public int primaryPort() {
    return primary.port();
  }

  /// SIGKILL, and up again after a while with what it had written to its file.
  public void restart(Duration down) {
    int port = primary.port();
    primary.kill();
    gate.cutAll();
    LockSupport.parkNanos(down.toNanos());
    primary = RedisServer.start(RedisOptions.kept(Folders.made(folder, "redis-0"), port));
  }

  /// Cuts the primary off from everybody. After a while its replica is promoted; the old primary is
  /// killed and another replica started.
  public void failOver(Duration cutOff) {
    RedisServer promoted = replica;
    if (promoted == null) {
      throw new IllegalStateException("there is no replica");
    }
    gate.shut();
    LockSupport.parkNanos(cutOff.toNanos());
    promote(promoted);
  }

  /// Lets the replica go its own way: it keeps what it has, the primary goes on alone.
  public void partReplica() {
    if (replica != null) {
      replica.promote();
    }
  }

  /// Makes the replica that was parted the primary, and gives it a replica: what the old one was
  /// told meanwhile is lost.
  public void fallBack() {
    RedisServer promoted = replica;
    if (promoted == null) {
      throw new IllegalStateException("there is no replica");
    }
    gate.shut();
    promote(promoted);
  }

  /// One connection of a node breaks soon, somewhere in a message.
  public void cutOne(RandomGenerator random) {
    gate.cutOne(random);
  }

  @Override
  public void close() {
    gate.close();
    primary.close();
    if (replica != null) {
      replica.close();
    }
  }

  private void promote(RedisServer promoted) {
    promoted.promote();
    RedisServer old = primary;
    primary = promoted;
    replica = null;
    gate.leadTo(promoted.port());
    gate.open();
    old.kill();
    replicate();
  }

  /// Starts a replica and waits until it has everything.
  private void replicate() {
    RedisServer fresh =
        RedisServer.start(RedisOptions.kept(Folders.made(folder, "redis-" + ++started), 0));
    fresh.follow(primary);
    replica = fresh;
  }
}
