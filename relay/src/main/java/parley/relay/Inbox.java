package parley.relay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import parley.domain.SessionId;

/// What waits for the commit loop: tasks, which touch memory only, and work for the log, in a lane
/// for each session so that a busy one waits behind the others and order within one is kept.
///
/// Any thread puts; the loop's thread takes.
final class Inbox {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<SessionId, Lane> lanes = new HashMap<>();
  private final Queue<Lane> turns = new ArrayDeque<>();
  private final RelayLimits limits;
  private List<Runnable> tasks = new ArrayList<>();
  private int enough = 1;
  private int count;
  private long bytes;
  private boolean closed;

  Inbox(RelayLimits limits) {
    this.limits = limits;
  }

  RelayLimits limits() {
    return limits;
  }

  /// False if too much waits already, or the loop has ended: then it was not taken.
  boolean offer(Work work) {
    lock.lock();
    try {
      boolean full = count >= limits.queuedMessages() || bytes >= limits.queuedBytes();
      if (full || closed) {
        return false;
      }
      put(work);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Both or none, as above.
  boolean offer(Work first, Work second) {
    lock.lock();
    try {
      return offer(first) && putAlso(second);
    } finally {
      lock.unlock();
    }
  }

  /// Beyond the bounds: for what the loop itself needs to go on, at most one for each stream or
  /// session. Forgotten once closed.
  void add(Work work) {
    lock.lock();
    try {
      if (!closed) {
        put(work);
      }
    } finally {
      lock.unlock();
    }
  }

  void addTask(Runnable task) {
    lock.lock();
    try {
      tasks.add(task);
      if (enough == 1) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Waits until so much work is there or the time is over, and wakes nobody before.
  void linger(int wanted, Duration atMost) {
    lock.lock();
    try {
      enough = wanted;
      long left = atMost.toNanos();
      while (!closed && count < wanted && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      enough = 1;
      lock.unlock();
    }
  }

  int waiting() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until something is there or the time is over; false once closed.
  boolean await(Duration atMost) {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!closed && count == 0 && tasks.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !closed;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  List<Runnable> takeTasks() {
    lock.lock();
    try {
      List<Runnable> taken = tasks;
      tasks = new ArrayList<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /// One batch: at most so much for each session, in order; the rest goes to the end of the line.
  /// What nobody wants any more is dropped.
  List<Work> takeBatch() {
    lock.lock();
    try {
      List<Work> batch = new ArrayList<>();
      long room = limits.batchBytes();
      for (int turn = turns.size();
          turn > 0 && room > 0 && batch.size() < limits.batchMessages();
          turn--) {
        room -= takeLane(turns.remove(), batch, room);
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /// Everything there is.
  List<Work> takeAll() {
    lock.lock();
    try {
      List<Work> all = new ArrayList<>();
      lanes.values().forEach(lane -> all.addAll(lane.works()));
      lanes.clear();
      turns.clear();
      count = 0;
      bytes = 0;
      return all;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the waiting; what is still there is returned.
  List<Work> close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      List<Work> rest = new ArrayList<>();
      lanes.values().forEach(lane -> rest.addAll(lane.works()));
      lanes.clear();
      turns.clear();
      return rest;
    } finally {
      lock.unlock();
    }
  }

  private void put(Work work) {
    Lane lane = lanes.get(work.session());
    if (lane == null) {
      lane = new Lane(work.session(), new ArrayDeque<>(4));
      lanes.put(lane.session(), lane);
      turns.add(lane);
    }
    lane.works().add(work);
    count++;
    bytes += work.bytes();
    if (count >= enough) {
      changed.signal();
    }
  }

  private boolean putAlso(Work work) {
    put(work);
    return true;
  }

  /// Returns what was taken weighs; the last of it may go beyond the room.
  private long takeLane(Lane lane, List<Work> batch, long room) {
    int most = Math.min(limits.sessionMessages(), limits.batchMessages() - batch.size());
    long weight = 0;
    for (int taken = 0; taken < most && weight < room && !lane.works().isEmpty(); ) {
      Work work = lane.works().remove();
      count--;
      bytes -= work.bytes();
      if (work.wanted()) {
        batch.add(work);
        weight += work.weight(limits);
        taken++;
      }
    }
    if (lane.works().isEmpty()) {
      lanes.remove(lane.session());
    } else {
      turns.add(lane);
    }
    return weight;
  }

  private record Lane(SessionId session, Queue<Work> works) {}
}
