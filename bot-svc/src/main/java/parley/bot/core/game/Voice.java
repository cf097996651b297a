package parley.bot.core.game;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Says the lines of the games in one session: of those that stand under a key each once, before
/// one is said again; deals what comes up in the same way. Not thread-safe.
final class Voice {
  private final Map<String, List<String>> lines;
  private final RandomGenerator chance;
  private final Map<String, List<String>> said = new HashMap<>();
  private final Set<Object> dealt = new HashSet<>();

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
    List<String> before = said.computeIfAbsent(key, _ -> new ArrayList<>());
    if (before.size() >= all.size()) {
      // All but the last, which would be heard twice in a row.
      before.subList(0, all.size() > 1 ? before.size() - 1 : before.size()).clear();
    }
    String line = pick(all.stream().filter(one -> !before.contains(one)).toList());
    before.add(line);
    boolean opensWithASlot = line.startsWith("{");
    for (Map.Entry<String, String> slot : slots.entrySet()) {
      line = line.replace("{" + slot.getKey() + "}", slot.getValue());
    }
    return opensWithASlot ? Character.toTitleCase(line.charAt(0)) + line.substring(1) : line;
  }

  <T> T pick(List<T> among) {
    return among.get(chance.nextInt(among.size()));
  }

  /// Some of them in an order of chance, those first that did not come up in this session.
  <T> List<T> deal(List<T> all, int count) {
    List<T> left = new ArrayList<>(all);
    left.removeAll(dealt);
    if (left.size() < count) {
      dealt.removeAll(all);
      left = new ArrayList<>(all);
    }
    List<T> cards = new ArrayList<>();
    while (cards.size() < count && !left.isEmpty()) {
      cards.add(left.remove(chance.nextInt(left.size())));
    }
    dealt.addAll(cards);
    return cards;
  }
}
