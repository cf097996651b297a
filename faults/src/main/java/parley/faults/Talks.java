package parley.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import parley.faults.history.Histories;
import parley.faults.history.History;
import parley.faults.history.RunClock;
import parley.faults.talk.Member;
import parley.faults.talk.Seat;
import parley.faults.talk.Stage;
import parley.faults.talk.Ways;

/// All members of a run, each on a thread of its own with a history of its own.
final class Talks implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final Stage stage;
  private final List<Seat> seats;
  private final List<History> histories = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private Talks(Stage stage, List<Seat> seats) {
    this.stage = stage;
    this.seats = seats;
  }

  /// Sends everybody to their conversation.
  static Talks begin(
      List<Seat> seats, Ways ways, Stage stage, Path folder, RunClock clock, long seed) {
    Talks talks = new Talks(stage, seats);
    for (Seat seat : seats) {
      History history =
          History.open(Histories.ofMember(folder, seat.conversation(), seat.number()), clock);
      talks.histories.add(history);
      Random random = new Random(seed * 1_000_003 + seat.session().length() + talks.threads.size());
      Member member = new Member(seat, ways, stage, history, random);
      talks.threads.add(
          Thread.ofVirtual().name(seat.conversation() + "-" + seat.number()).start(member));
    }
    return talks;
  }

  /// Waits until everybody is in.
  ///
  /// @throws IllegalStateException if that takes too long
  void awaitEntered(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!seats.stream().allMatch(seat -> seat.table().entered() == 2)) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("not everybody entered within " + patience);
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  /// Everybody settles and reads again; who has not done so by then goes home without.
  void hush(Duration patience) {
    stage.turnTo(Stage.Act.HUSH);
    long deadline = System.nanoTime() + patience.toNanos();
    while (threads.stream().anyMatch(Thread::isAlive) && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    close();
  }

  @Override
  public void close() {
    stage.turnTo(Stage.Act.OVER);
    for (Thread thread : threads) {
      try {
        if (!thread.join(Duration.ofSeconds(5))) {
          thread.interrupt();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    histories.forEach(History::close);
    histories.clear();
  }
}
