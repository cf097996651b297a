package parley.platform.redis;

import parley.platform.config.HostPort;
import parley.platform.config.Settings;

/// Where Redis is, and what every key of this installation starts with (so that tests and
/// installations share a server). The prefix never holds a brace: hash tags belong to the services'
/// keys.
public record RedisConfig(HostPort address, String prefix) {
  public RedisConfig {
    if (prefix.contains("{") || prefix.contains("}")) {
      throw new IllegalArgumentException(
          "redis.prefix is '" + prefix + "', expected a text without braces");
    }
  }

  /// `redis.address` (required) and `redis.prefix` (empty by default).
  public static RedisConfig read(Settings settings) {
    String prefix = settings.text("redis.prefix", "");
    if (prefix.contains("{") || prefix.contains("}")) {
      settings.fault("redis.prefix", prefix, "a text without braces");
      prefix = "";
    }
    return new RedisConfig(settings.address("redis.address"), prefix);
  }
}
