package parley.faults.matching;

import java.util.concurrent.atomic.AtomicInteger;

/// What all people of a run share.
record Crowd(
    MatchPlace place,
    Chronicle chronicle,
    Meetings meetings,
    Stage stage,
    AtomicInteger numbers,
    Words words,
    Pace pace) {
  /// How far a run has come.
  static final class Stage {
    enum Act {
      /// Everybody asks, and changes their mind.
      BUSY,
      /// Nobody asks anew, who waits goes on waiting.
      CALM,
      OVER
    }

    private volatile Act act = Act.BUSY;

    Act act() {
      return act;
    }

    void turnTo(Act next) {
      act = next;
    }
  }

  /// The number of a new ticket.
  int ticket() {
    return numbers.incrementAndGet();
  }

  boolean is(Stage.Act act) {
    return stage.act() == act;
  }
}
