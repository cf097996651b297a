package parley.faults.matching.check;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One line of a history.
///
/// @param at nanoseconds since the run began
/// @param ticket numbered by the run; 0 where a line is about none
public record Line(long at, What what, int ticket, Map<String, String> facts) {
  /// Not dated yet.
  public static Line of(What what, int ticket) {
    return new Line(0, what, ticket, Map.of());
  }

  public static Line of(What what) {
    return of(what, 0);
  }

  public Line at(long nanos) {
    return new Line(nanos, what, ticket, facts);
  }

  public Line with(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(facts);
    more.put(name, String.valueOf(value));
    return new Line(at, what, ticket, more);
  }

  /// Empty if there is none.
  public String fact(String name) {
    return facts.getOrDefault(name, "");
  }

  long number(String name) {
    return Long.parseLong(fact(name));
  }

  List<String> list(String name) {
    String text = fact(name);
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(","));
  }

  @Override
  public String toString() {
    return "%.3f s %s %s %s"
        .formatted(at / 1e9, ticket == 0 ? "" : "#" + ticket, what, new TreeMap<>(facts));
  }
}
