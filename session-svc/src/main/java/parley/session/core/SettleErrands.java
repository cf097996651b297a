package parley.session.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.relay.Bucket;
import parley.relay.LogState;
import parley.relay.LogUnavailable;
import parley.relay.Outbox;
import parley.relay.OutboxEntry;
import parley.relay.OutboxReader;
import parley.session.core.port.Bodies;
import parley.session.core.port.Settlement;

/// Tells match-svc what became of matches, until it answers: what is to tell stands in the outbox,
/// so that it survives this node. One node at a time tells for a bucket, in the order it was
/// written; told twice is harmless. Off every hot path, on virtual threads; thread-safe.
public final class SettleErrands implements AutoCloseable {
  private static final int PAGE = 100;
  private static final int BUCKETS_AT_ONCE = 16;

  /// An attach whose answer was lost is sent again and counts twice.
  private static final long FIRST_ATTACHMENTS = 2;

  private final Outbox outbox;
  private final OutboxReader reader;
  private final Settlement settlement;
  private final Bodies bodies;
  private final ExecutorService threads;
  private final Semaphore permits = new Semaphore(BUCKETS_AT_ONCE);
  private final Map<Bucket, Errand> running = new ConcurrentHashMap<>();
  private final Map<Bucket, String> done = new ConcurrentHashMap<>();

  public SettleErrands(
      Outbox outbox, OutboxReader reader, Settlement settlement, Bodies bodies, NodeId node) {
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(node + "-settle-", 0).factory());
    this.outbox = outbox;
    this.reader = reader;
    this.settlement = settlement;
    this.bodies = bodies;
  }

  /// A member has entered; if it was the last one, somebody waits to hear of it.
  void entered(SessionId session, LogState state) {
    boolean first = state.members().stream().allMatch(one -> one.attachment() <= FIRST_ATTACHMENTS);
    if (state.open() && first && state.allHaveEntered()) {
      soon(Bucket.of(session));
    }
  }

  /// Something was written for this bucket, perhaps. Returns at once.
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

  /// The newest entry of a bucket, as a look told it: this node tells what it has not told yet.
  void newest(Bucket bucket, String id) {
    if (!id.equals(done.get(bucket))) {
      soon(bucket);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private boolean start(Errand errand) {
    if (threads.isShutdown()) {
      return false;
    }
    threads.execute(errand);
    return true;
  }

  /// @return whether everything up to the end was told
  private boolean tellAll(Bucket bucket) {
    String after = done.get(bucket);
    while (true) {
      Optional<List<OutboxEntry>> page = outbox.read(bucket, reader, after, PAGE);
      if (page.isEmpty()) {
        return true;
      }
      List<String> told = new ArrayList<>();
      for (OutboxEntry entry : page.get()) {
        if (entry.kind() == OutboxEntry.Kind.SETTLE && !tell(entry)) {
          outbox.remove(bucket, told);
          return false;
        }
        if (entry.kind() == OutboxEntry.Kind.SETTLE) {
          told.add(entry.id());
        }
        after = entry.id();
      }
      outbox.remove(bucket, told);
      if (after != null) {
        done.put(bucket, after);
      }
      if (page.get().size() < PAGE) {
        return true;
      }
    }
  }

  /// What cannot be read now will not be read later.
  private boolean tell(OutboxEntry entry) {
    MatchOutcome outcome;
    try {
      outcome = outcome(entry);
    } catch (IllegalArgumentException unreadable) {
      settlement.unreadable(entry.session());
      return true;
    }
    return settlement.settle(outcome);
  }

  private MatchOutcome outcome(OutboxEntry entry) {
    return new MatchOutcome(
        entry.session(),
        bodies.about(entry.about()),
        entry.who().keySet().stream().sorted().toList());
  }

  /// One bucket's turn; looks once more if something came meanwhile.
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
        boolean told = false;
        try {
          told = turn();
        } finally {
          goOn = goesOn(told);
        }
      }
    }

    private boolean goesOn(boolean told) {
      return running.compute(
              bucket,
              (_, errand) -> {
                boolean more = again && told;
                again = false;
                return more ? errand : null;
              })
          != null;
    }

    /// What could not be told is tried again when the bucket is looked at next.
    private boolean turn() {
      try {
        permits.acquire();
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
        return false;
      }
      try {
        return tellAll(bucket);
      } catch (LogUnavailable away) {
        return false;
      } finally {
        permits.release();
      }
    }
  }
}
