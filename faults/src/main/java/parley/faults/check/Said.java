package parley.faults.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.faults.history.Histories;
import parley.faults.history.Noted;
import parley.faults.history.What;

/// Every text that anybody was about to send, by its words: each text of a run has words of its
/// own.
final class Said {
  private final Map<String, Saying> sayings = new HashMap<>();

  /// One text.
  ///
  /// @param seat which of the conversation's members wrote it, counted from 0
  /// @param sendings each time it was about to be sent, the first first
  record Saying(String conversation, int seat, List<Noted> sendings) {
    Noted first() {
      return sendings.getFirst();
    }
  }

  static Said in(Histories histories) {
    Said said = new Said();
    for (Histories.Conversation conversation : histories.conversations().values()) {
      for (int seat = 0; seat < conversation.members().size(); seat++) {
        for (Noted line : conversation.members().get(seat)) {
          if (line.what() == What.SENDING) {
            Saying fresh = new Saying(conversation.name(), seat, new ArrayList<>());
            said.sayings.computeIfAbsent(line.text(), _ -> fresh).sendings().add(line);
          }
        }
      }
    }
    return said;
  }

  @Nullable Saying of(String words) {
    return sayings.get(words);
  }

  /// Whether this text was said there, by that member.
  boolean isBy(String words, String conversation, int seat) {
    Saying saying = sayings.get(words);
    return saying != null && saying.conversation().equals(conversation) && saying.seat() == seat;
  }

  List<String> by(String conversation, int seat) {
    return sayings.entrySet().stream()
        .filter(e -> e.getValue().conversation().equals(conversation))
        .filter(e -> e.getValue().seat() == seat)
        .map(Map.Entry::getKey)
        .toList();
  }

  long texts() {
    return sayings.size();
  }

  long sendings() {
    return sayings.values().stream().mapToLong(saying -> saying.sendings().size()).sum();
  }
}
