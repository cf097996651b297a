package parley.match.core;

import java.time.Duration;
import java.time.Instant;

/// When an AI peer is asked for, for one ticket. Guarded by its ticket's lock.
final class FallbackTimer {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final int promille;
  private Instant at = Instant.MAX;
  private Duration pause = FIRST_PAUSE;
  private State state = State.OFF;

  private enum State {
    OFF,
    /// Not asked for yet.
    PLANNED,
    ASKING,
    /// Asked for in vain.
    AWAY
  }

  /// @param promille of each pause, so that those who came together do not ask together
  FallbackTimer(int promille) {
    this.promille = promille;
  }

  /// The first time; nothing if one was asked for already.
  void startAt(Instant moment) {
    if (state == State.OFF || state == State.PLANNED) {
      state = State.PLANNED;
      at = moment;
    }
  }

  void stop() {
    state = State.OFF;
    at = Instant.MAX;
    pause = FIRST_PAUSE;
  }

  boolean isDue(Instant now) {
    return !at.isAfter(now);
  }

  /// True if it is due; then it is not again, until [#none], or for long.
  boolean begin(Instant now) {
    if (!isDue(now)) {
      return false;
    }
    state = state == State.AWAY ? State.AWAY : State.ASKING;
    at = now.plus(LONGEST_PAUSE);
    return true;
  }

  /// None came: it is asked for again, later and later.
  void none(Instant now) {
    if (state != State.OFF) {
      state = State.AWAY;
      at = now.plus(TicketClock.jittered(pause, promille));
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }

  AiProspect prospect(Instant now) {
    return switch (state) {
      case OFF -> new AiProspect.None();
      case AWAY -> new AiProspect.Away();
      case ASKING -> new AiProspect.In(Duration.ZERO);
      case PLANNED -> {
        Duration left = Duration.between(now, at);
        yield new AiProspect.In(left.isNegative() ? Duration.ZERO : left);
      }
    };
  }
}
