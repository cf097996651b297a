package parley.match.redis;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import parley.match.core.Crowd.Kind;
import parley.match.core.Crowd.Tally;
import parley.match.core.Level;
import parley.match.core.Side;

/// What one node knows of a pool, as text: for each kind of people `side level waiting first waited
/// matched`, with `;` between. What a newer node writes and this one does not know is left out.
final class CrowdText {
  private static final Map<String, Side> SIDES =
      Side.all().stream().collect(Collectors.toUnmodifiableMap(Side::text, side -> side));

  private CrowdText() {}

  static String write(Map<Kind, Tally> part) {
    return part.entrySet().stream()
        .map(entry -> write(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(";"));
  }

  static Map<Kind, Tally> read(String text) {
    Map<Kind, Tally> part = new HashMap<>();
    for (String[] words : Arrays.stream(text.split(";")).map(one -> one.split(" ")).toList()) {
      Side side = SIDES.get(words[0]);
      if (side != null && words.length == 6) {
        part.put(
            new Kind(side, Level.ofStep(Integer.parseInt(words[1]))),
            new Tally(
                Integer.parseInt(words[2]),
                Long.parseLong(words[3]),
                Double.parseDouble(words[4]),
                Double.parseDouble(words[5])));
      }
    }
    return part;
  }

  private static String write(Kind kind, Tally tally) {
    return String.format(
        Locale.ROOT,
        "%s %d %d %d %.3f %.3f",
        kind.side().text(),
        kind.start().step(),
        tally.waiting(),
        tally.firstMicros(),
        tally.waited(),
        tally.matched());
  }
}
