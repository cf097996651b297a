package parley.faults.talk;

import java.time.Duration;

/// What all members of a run are to do just now. Thread-safe.
public final class Stage {
  /// In this order.
  public enum Act {
    /// Talk, badly.
    TALK,
    /// Talk, and drop nothing.
    CALM,
    /// Say nothing new; settle, then read all from the start.
    HUSH,
    /// Go home.
    OVER
  }

  private final Duration thinks;
  private volatile Act act = Act.TALK;

  /// @param thinks how long a member thinks between two deeds, on average
  public Stage(Duration thinks) {
    this.thinks = thinks;
  }

  public void turnTo(Act next) {
    act = next;
  }

  Act act() {
    return act;
  }

  Duration thinks() {
    return thinks;
  }
}
