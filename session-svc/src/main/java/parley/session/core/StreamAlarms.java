package parley.session.core;

import java.time.Duration;
import parley.session.core.port.Timers;
import parley.session.core.port.Timers.Alarm;

/// The two things that time does to an open stream: it beats, and it grows old. Not thread-safe.
final class StreamAlarms {
  private final Timers timers;
  private final Alarm age;
  private Alarm beat;

  StreamAlarms(Timers timers, Duration beatAfter, Runnable onBeat, Duration age, Runnable onAge) {
    this.timers = timers;
    this.beat = timers.after(beatAfter, onBeat);
    this.age = timers.after(age, onAge);
  }

  void beatAgain(Duration after, Runnable onBeat) {
    beat = timers.after(after, onBeat);
  }

  void cancel() {
    beat.cancel();
    age.cancel();
  }
}
