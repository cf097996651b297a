package parley.session.core;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import parley.relay.Bucket;
import parley.relay.LogUnavailable;

/// Runs errands bucket by bucket: one turn at a time for each, few buckets at once, and one more
/// turn if something came meanwhile. Remembers how far each has come. Off every hot path, on
/// virtual threads; thread-safe.
final class BucketTurns implements AutoCloseable {
  private final Predicate<Bucket> turn;
  private final ExecutorService threads;
  private final Semaphore permits;
  private final Map<Bucket, Errand> running = new ConcurrentHashMap<>();
  private final Map<Bucket, String> done = new ConcurrentHashMap<>();

  /// @param turn returns whether everything up to the end was done; what was not is tried again
  ///   when the bucket is looked at next
  BucketTurns(String name, int atOnce, Predicate<Bucket> turn) {
    this.turn = turn;
    this.permits = new Semaphore(atOnce);
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory());
  }

  /// Returns at once.
  void soon(Bucket bucket) {
    running.compute(
        bucket,
        (_, errand) -> {
          if (errand != null) {
            errand.again = true;
            return errand;
          }
          Errand fresh = new Errand(bucket);
          return start(fresh) ? fresh : null;
        });
  }

  /// As [#soon], unless everything up to this entry is done. Ids only grow, but for an outbox that
  /// lost its end in a failover: then it is read from its beginning.
  void newest(Bucket bucket, String id) {
    String last = done.get(bucket);
    if (id.equals(last)) {
      return;
    }
    if (last != null && isBefore(id, last)) {
      done.remove(bucket, last);
    }
    soon(bucket);
  }

  /// The last entry that needs no second look; null if none is known.
  @Nullable String done(Bucket bucket) {
    return done.get(bucket);
  }

  void done(Bucket bucket, String id) {
    done.put(bucket, id);
  }

  /// The next look at each bucket begins at its beginning.
  void forget() {
    done.clear();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /// An id is two numbers with a hyphen between them.
  private static boolean isBefore(String id, String other) {
    String[] one = id.split("-", 2);
    String[] two = other.split("-", 2);
    int byTime = Long.compare(Long.parseLong(one[0]), Long.parseLong(two[0]));
    return byTime < 0
        || (byTime == 0 && Long.parseUnsignedLong(one[1]) < Long.parseUnsignedLong(two[1]));
  }

  private boolean start(Errand errand) {
    if (threads.isShutdown()) {
      return false;
    }
    threads.execute(errand);
    return true;
  }

  /// One bucket's turns.
  private final class Errand implements Runnable {
    private final Bucket bucket;
    private boolean again;

    Errand(Bucket bucket) {
      this.bucket = bucket;
    }

    @Override
    public void run() {
      boolean goOn = true;
      while (goOn) {
        goOn = false;
        try {
          goOn = takeTurn();
        } finally {
          goOn = more(goOn);
        }
      }
    }

    /// Whatever became of the turn, the bucket is free or taken again after it.
    private boolean more(boolean all) {
      return running.compute(
              bucket,
              (_, errand) -> {
                boolean more = again && all;
                again = false;
                return more ? errand : null;
              })
          != null;
    }

    private boolean takeTurn() {
      try {
        permits.acquire();
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
        return false;
      }
      try {
        return turn.test(bucket);
      } catch (LogUnavailable away) {
        return false;
      } finally {
        permits.release();
      }
    }
  }
}
