package parley.session.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps a stream's outcomes in the order its texts came: what is refused at once waits for what is
/// still being stored. Not thread-safe.
final class OutcomeOrder {
  private final Deque<Slot> slots = new ArrayDeque<>();

  Slot expect(long sequence) {
    Slot slot = new Slot(sequence);
    slots.add(slot);
    return slot;
  }

  /// The entry of the text that was committed under this sequence is delivered. False if none was
  /// committed here: it came another way. (A text that came too early and its repetition have one
  /// sequence, and only one of them is the one that was stored.)
  boolean stored(long sequence, Outcome.Stored outcome) {
    for (Slot slot : slots) {
      if (slot.sequence == sequence && slot.committed && slot.outcome == null) {
        slot.outcome = outcome;
        return true;
      }
    }
    return false;
  }

  /// After a reset: what is known to be stored, but will not be delivered, waits no longer.
  int forgetCommitted() {
    int before = slots.size();
    slots.removeIf(slot -> slot.committed && slot.outcome == null);
    return before - slots.size();
  }

  /// What may be told now.
  List<TextOutcome> takeReady() {
    List<TextOutcome> ready = new ArrayList<>();
    for (Slot slot = slots.peek(); slot != null && slot.outcome != null; slot = slots.peek()) {
      ready.add(new TextOutcome(slot.sequence, slot.outcome));
      slots.remove();
    }
    return ready;
  }

  int waiting() {
    return slots.size();
  }

  static final class Slot {
    private final long sequence;
    private @Nullable Outcome outcome;
    private boolean committed;

    private Slot(long sequence) {
      this.sequence = sequence;
    }

    /// Stored is told when the entry is delivered, in its place of the log; all else at once.
    void answered(Outcome answer) {
      if (answer instanceof Outcome.Stored) {
        committed = true;
      } else {
        outcome = answer;
      }
    }
  }
}
