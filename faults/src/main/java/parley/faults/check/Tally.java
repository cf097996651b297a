package parley.faults.check;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a run was made of.
///
/// @param texts said, whatever became of them
/// @param sendings of these texts, repetitions among them
/// @param acknowledged texts that were told stored
/// @param lost acknowledged texts that are not in the log
/// @param storedUnknown texts in the log that were never acknowledged
/// @param absent texts that are not in the log and were never acknowledged
/// @param observations of a place by a member
/// @param streams that entered
/// @param resets by reason
public record Tally(
    int conversations,
    long texts,
    long sendings,
    long acknowledged,
    long lost,
    long storedUnknown,
    long absent,
    long observations,
    long streams,
    Map<String, Long> resets) {
  public Tally {
    resets = Map.copyOf(resets);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d conversations, %d texts in %d sendings: %d acknowledged, %d of them lost, %d stored but"
            + " not acknowledged, %d absent; %d observations on %d streams; resets: %s",
        conversations,
        texts,
        sendings,
        acknowledged,
        lost,
        storedUnknown,
        absent,
        observations,
        streams,
        resets.isEmpty() ? "none" : new TreeMap<>(resets));
  }
}
