package parley.envoy.xds;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which version of which type an Envoy has refused last. Thread-safe.
final class Refusals {
  private final Map<Long, Map<String, String>> sentByStream = new ConcurrentHashMap<>();
  private final Map<String, String> refusedByType = new ConcurrentHashMap<>();

  void sent(long stream, String type, String version) {
    sentByStream.computeIfAbsent(stream, _ -> new ConcurrentHashMap<>()).put(type, version);
  }

  /// What this stream was sent last of the type, it refused.
  void refused(long stream, String type) {
    String version = sentByStream.getOrDefault(stream, Map.of()).get(type);
    if (version != null) {
      refusedByType.put(type, version);
    }
  }

  void closed(long stream) {
    sentByStream.remove(stream);
  }

  boolean includes(String type, String version) {
    return version.equals(refusedByType.get(type));
  }
}
