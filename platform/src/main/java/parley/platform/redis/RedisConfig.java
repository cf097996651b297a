package parley.platform.redis;

import java.util.List;
import parley.platform.config.HostPort;
import parley.platform.config.Settings;

/// Where Redis is, what every key of this installation starts with (so that tests and installations
/// share a server), and when a write counts. The prefix never holds a brace: hash tags belong to
/// the services' keys.
///
/// @param addresses a primary and those that may take its place, or some nodes of a cluster
public record RedisConfig(List<HostPort> addresses, String prefix, ReplicaRule replicas) {
  public RedisConfig {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("redis.address is empty, expected at least one host:port");
    }
    if (prefix.contains("{") || prefix.contains("}")) {
      throw new IllegalArgumentException(
          "redis.prefix is '" + prefix + "', expected a text without braces");
    }
  }

  /// One server without replicas.
  public RedisConfig(HostPort address, String prefix) {
    this(List.of(address), prefix, ReplicaRule.NONE);
  }

  /// `redis.address` (required, several with commas), `redis.prefix` (empty by default),
  /// `redis.replicas-required` and `redis.replica-shortage`.
  public static RedisConfig read(Settings settings) {
    String prefix = settings.text("redis.prefix", "");
    if (prefix.contains("{") || prefix.contains("}")) {
      settings.fault("redis.prefix", prefix, "a text without braces");
      prefix = "";
    }
    return new RedisConfig(settings.addresses("redis.address"), prefix, ReplicaRule.read(settings));
  }

  /// The first one.
  public HostPort address() {
    return addresses.getFirst();
  }
}
