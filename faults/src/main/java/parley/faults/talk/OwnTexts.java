package parley.faults.talk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import parley.proto.session.v1.Text;

/// A member's own texts: each with words that nobody else ever says, numbered without gaps, kept
/// until they are known to be stored. Used by one thread.
final class OwnTexts {
  private static final int WINDOW = 16;
  private static final int LONGEST_PADDING = 200;
  private static final String PADDING = "äñ文🙂 words without meaning, ".repeat(20);

  private final String author;
  private final RandomGenerator random;
  private final TreeMap<Long, String> pending = new TreeMap<>();
  private long next = 1;
  private int said;

  /// @param author `c0007.1`
  OwnTexts(String author, RandomGenerator random) {
    this.author = author;
    this.random = random;
  }

  /// A new text under the next sequence.
  Text compose() {
    long sequence = next++;
    String words = words();
    pending.put(sequence, words);
    return text(sequence, words);
  }

  /// A text that takes the next sequence without keeping it: what a client says that does not know
  /// that it has been replaced.
  Text stray() {
    return text(next, words());
  }

  boolean allStored() {
    return pending.isEmpty();
  }

  boolean isFull() {
    return pending.size() >= WINDOW;
  }

  /// What is not known to be stored, as much as may be on its way.
  List<Text> unstored() {
    return pending.entrySet().stream()
        .limit(WINDOW)
        .map(entry -> text(entry.getKey(), entry.getValue()))
        .toList();
  }

  void stored(long sequence) {
    pending.remove(sequence);
  }

  /// Whether the server expects what this member was told is stored: its log was cut short.
  boolean isLost(long expected) {
    return expected < (pending.isEmpty() ? next : pending.firstKey());
  }

  /// The server has all before this sequence.
  ///
  /// @return texts that are given up because the server lost what came before them
  List<Text> entered(long expected) {
    if (isLost(expected)) {
      List<Text> given = giveUp();
      next = expected;
      return given;
    }
    pending.headMap(expected).clear();
    next = Math.max(next, expected);
    return List.of();
  }

  /// Everything that is not known to be stored becomes "not sent".
  List<Text> giveUp() {
    List<Text> given = new ArrayList<>();
    for (Map.Entry<Long, String> entry : pending.entrySet()) {
      given.add(text(entry.getKey(), entry.getValue()));
    }
    pending.clear();
    return given;
  }

  private String words() {
    String unique = author + "." + ++said + "." + Long.toString(random.nextLong() >>> 1, 36);
    int padding = random.nextInt(LONGEST_PADDING);
    return unique
        + " "
        + PADDING
            .codePoints()
            .limit(padding)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
  }

  private static Text text(long sequence, String words) {
    return Text.newBuilder().setSequence((int) sequence).setText(words).build();
  }
}
