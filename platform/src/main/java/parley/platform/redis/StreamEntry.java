package parley.platform.redis;

import java.time.Duration;
import java.util.Map;

/// One entry of a Redis stream: its fields, and how old it was, by Redis' clock, when it was read.
public record StreamEntry(Map<String, byte[]> fields, Duration age) {
  public StreamEntry {
    fields = Map.copyOf(fields);
  }
}
