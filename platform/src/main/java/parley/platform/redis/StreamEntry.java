package parley.platform.redis;

import java.time.Duration;
import java.util.Map;

/// One entry of a Redis stream: its fields, and how old it was, by Redis' clock, when it was read.
///
/// @param id as Redis gave it, milliseconds and number, `1700000000000-0`; a later entry has a
///   higher one
public record StreamEntry(String id, Map<String, byte[]> fields, Duration age) {
  public StreamEntry {
    fields = Map.copyOf(fields);
  }
}
