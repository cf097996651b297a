package parley.local;

import java.util.Map;
import java.util.TreeMap;
import parley.platform.discovery.ServiceName;

/// The settings of each node of one machine, by the names that its service reads: the same for a
/// node inside this JVM and for one that is a process.
public final class NodeSettings {
  private final MachinePlan plan;
  private final Secrets secrets;
  private final String redis;
  private final Map<String, String> postgres;

  NodeSettings(MachinePlan plan, Secrets secrets, String redis, Map<String, String> postgres) {
    this.plan = plan;
    this.secrets = secrets;
    this.redis = redis;
    this.postgres = Map.copyOf(postgres);
  }

  /// Of a node that serves; the map may be changed.
  public Map<String, String> of(ServiceName service, String node) {
    Map<String, String> own =
        switch (service) {
          case IDENTITY ->
              Map.of(
                  "auth.keys",
                  secrets.keys().toString(),
                  "auth.seals",
                  secrets.seals().toString(),
                  "guests.terms",
                  "2026-01",
                  "guests.terms-at",
                  site().isEmpty() ? "" : "/");
          case MATCH -> lasting();
          case SESSION -> lasting();
          case BOT -> Map.of();
        };
    Map<String, String> all = merged(service.text(), node, own);
    if (service == ServiceName.BOT) {
      all.remove("auth.jwks"); // it checks nobody's token
    }
    return all;
  }

  private Map<String, String> lasting() {
    Map<String, String> own = new TreeMap<>(postgres);
    own.put("auth.seals", secrets.seals().toString());
    return own;
  }

  /// Of what serves the page; empty if this machine has none.
  Map<String, String> site() {
    Map<String, String> own = plan.settings().getOrDefault("site", Map.of());
    if (own.isEmpty()) {
      return own;
    }
    Map<String, String> all = new TreeMap<>(own);
    all.putIfAbsent("node.id", "site-1");
    return all;
  }

  /// Of the control plane and its Envoy.
  Map<String, String> door(String node, int port, int xds) {
    return merged(
        "door",
        node,
        Map.of(
            "listener.address",
            "127.0.0.1:" + port,
            "xds.address",
            "127.0.0.1:" + xds,
            "address-limit.burst",
            "20000",
            "address-limit.per-second",
            "20000"));
  }

  private Map<String, String> merged(String service, String node, Map<String, String> own) {
    Map<String, String> all = new TreeMap<>(own);
    all.put("node.id", node);
    all.put("redis.address", redis);
    all.put("auth.jwks", secrets.jwks().toString());
    all.putAll(plan.settings().getOrDefault(service, Map.of()));
    return all;
  }
}
