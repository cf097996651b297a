package parley.bot.core.game;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Says the lines of the games: one of those that stand under a key, not the same as last time if
/// there are others. Not thread-safe.
final class Voice {
  private final Map<String, List<String>> lines;
  private final RandomGenerator chance;
  private final Map<String, String> last = new HashMap<>();

  Voice(Map<String, List<String>> lines, RandomGenerator chance) {
    this.lines = lines;
    this.chance = chance;
  }

  String say(String key) {
    return say(key, Map.of());
  }

  /// @param slots what stands for a name in braces
  String say(String key, Map<String, String> slots) {
    List<String> all = lines.getOrDefault(key, List.of());
    if (all.isEmpty()) {
      throw new IllegalArgumentException("no line is called '" + key + "'");
    }
    List<String> others =
        all.size() == 1 ? all : all.stream().filter(one -> !one.equals(last.get(key))).toList();
    String line = pick(others);
    last.put(key, line);
    boolean opensWithASlot = line.startsWith("{");
    for (Map.Entry<String, String> slot : slots.entrySet()) {
      line = line.replace("{" + slot.getKey() + "}", slot.getValue());
    }
    return opensWithASlot ? Character.toTitleCase(line.charAt(0)) + line.substring(1) : line;
  }

  <T> T pick(List<T> among) {
    return among.get(chance.nextInt(among.size()));
  }

  /// Some of them in an order of chance.
  <T> List<T> deal(List<T> all, int count) {
    List<T> left = new ArrayList<>(all);
    List<T> dealt = new ArrayList<>();
    while (dealt.size() < count && !left.isEmpty()) {
      dealt.add(left.remove(chance.nextInt(left.size())));
    }
    return dealt;
  }
}
