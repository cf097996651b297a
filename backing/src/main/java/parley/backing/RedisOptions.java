package parley.backing;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How one Redis of this machine runs. Port 0 takes a free one. Without a folder it gets one of its
/// own that is removed with it; with a folder, what it wrote there is read again at the next start.
public record RedisOptions(
    int port, @Nullable Path folder, Persistence persistence, Topology topology, Program program) {

  /// Which of the two servers that speak the protocol.
  public enum Program {
    REDIS,
    VALKEY
  }

  /// Whether a restart finds what was written.
  public enum Persistence {
    NONE,
    APPEND_ONLY
  }

  /// One server alone, or a node that will be made part of a cluster.
  public enum Topology {
    ALONE,
    CLUSTER_NODE
  }

  /// One of the program that [RedisProgram#server] names.
  public RedisOptions(int port, @Nullable Path folder, Persistence persistence, Topology topology) {
    this(port, folder, persistence, topology, Program.REDIS);
  }

  /// A server for tests: any port, no file survives.
  public static RedisOptions fleeting() {
    return new RedisOptions(0, null, Persistence.NONE, Topology.ALONE);
  }

  /// A server that keeps what it was told, in this folder.
  public static RedisOptions kept(Path folder, int port) {
    return new RedisOptions(port, folder, Persistence.APPEND_ONLY, Topology.ALONE);
  }

  /// The same on this port, for a server that follows another.
  public RedisOptions withPort(int wished) {
    return new RedisOptions(wished, folder, persistence, topology, program);
  }

  /// The same, run by this program.
  public RedisOptions with(Program wished) {
    return new RedisOptions(port, folder, persistence, topology, wished);
  }
}
