package parley.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import parley.platform.discovery.ServiceName;

/// What one machine is to be: where it keeps its state, on which port its door is, how many nodes
/// each service has, and settings that differ from the defaults.
///
/// @param port of the door on loopback; 0 takes a free one
/// @param transport what the door speaks
/// @param settings by service (`match`, `door`, `site`, …) and by the name in its configuration
public record MachinePlan(
    Path state,
    int port,
    Transport transport,
    Map<ServiceName, Integer> nodes,
    Map<String, Map<String, String>> settings) {
  /// What a door speaks: plain HTTP, or TLS by a certificate of this machine's own, and HTTP/2 to
  /// browsers by it.
  public enum Transport {
    PLAIN,
    TLS
  }

  public MachinePlan {
    nodes = Map.copyOf(nodes);
    settings = Map.copyOf(settings);
  }

  /// One node of identity, two of match, two of session, one of bot.
  public static MachinePlan usual(Path state, int port) {
    return new MachinePlan(
        state,
        port,
        Transport.PLAIN,
        Map.of(
            ServiceName.IDENTITY,
            1,
            ServiceName.MATCH,
            2,
            ServiceName.SESSION,
            2,
            ServiceName.BOT,
            1),
        Map.of());
  }

  /// The same with another number of nodes of this service.
  public MachinePlan with(ServiceName service, int count) {
    Map<ServiceName, Integer> counts = new HashMap<>(nodes);
    counts.put(service, count);
    return new MachinePlan(state, port, transport, counts, settings);
  }

  /// The same with a door that speaks TLS.
  public MachinePlan withTls() {
    return new MachinePlan(state, port, Transport.TLS, nodes, settings);
  }

  /// The same with the page from this folder; a folder without one is left out.
  public MachinePlan withPage(Path folder) {
    return Files.isRegularFile(folder.resolve("index.html"))
        ? with("site", "files", folder.toAbsolutePath().normalize().toString())
        : this;
  }

  /// The same with this setting of a service, or of the `door`.
  public MachinePlan with(String service, String name, String value) {
    Map<String, Map<String, String>> all = new HashMap<>(settings);
    Map<String, String> own = new HashMap<>(all.getOrDefault(service, Map.of()));
    own.put(name, value);
    all.put(service, Map.copyOf(own));
    return new MachinePlan(state, port, transport, nodes, all);
  }
}
