package parley.faults.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parley.faults.history.Noted;
import parley.faults.history.What;

/// One member's history, in its streams.
final class MemberHistory {
  private final int seat;
  private final List<Noted> lines;
  private final Map<Integer, StreamHistory> streams = new TreeMap<>();
  private final Map<Long, Set<String>> wordsBySequence = new HashMap<>();
  private int number;

  /// @param seat of this member in its conversation, counted from 0
  MemberHistory(int seat, List<Noted> lines) {
    this.seat = seat;
    this.lines = lines;
    for (Noted noted : lines) {
      int stream = noted.line().stream();
      if (noted.what() == What.ENTERING) {
        streams.put(stream, new StreamHistory(stream, new ArrayList<>()));
      }
      if (streams.containsKey(stream)) {
        streams.get(stream).lines().add(noted);
      }
      if (noted.what() == What.SENDING) {
        wordsBySequence
            .computeIfAbsent(noted.line().sequence(), _ -> new HashSet<>())
            .add(noted.text());
      } else if (noted.what() == What.ENTERED) {
        number = noted.line().member();
      }
    }
  }

  int seat() {
    return seat;
  }

  /// Its session-local number; 0 if it never entered.
  int number() {
    return number;
  }

  List<Noted> lines() {
    return lines;
  }

  List<StreamHistory> streams() {
    return List.copyOf(streams.values());
  }

  @Nullable StreamHistory stream(int which) {
    return streams.get(which);
  }

  /// What was ever about to be sent under this sequence.
  Set<String> wordsUnder(long sequence) {
    return wordsBySequence.getOrDefault(sequence, Set.of());
  }

  /// What was about to be sent under this sequence by this stream's attachment.
  Set<String> wordsUnder(long sequence, int which) {
    Set<String> words = new HashSet<>();
    StreamHistory stream = streams.get(which);
    if (stream != null) {
      for (Noted line : stream.lines()) {
        if (line.what() == What.SENDING && line.line().sequence() == sequence) {
          words.add(line.text());
        }
      }
    }
    return words;
  }
}
