package parley.client.identity;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import parley.proto.domain.v1.Position;

/// How far somebody has read their inbox. It is the participant's, whatever conversation it comes
/// by, so that nothing of it is told twice; another guest has another inbox. Thread-safe.
public final class InboxPlace {
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private @Nullable Position reached;

  @GuardedBy("lock")
  private int guest;

  /// What this guest has of its inbox; null for nothing.
  ///
  /// @param of which guest, as in [AccessToken]
  public @Nullable Position reached(int of) {
    lock.lock();
    try {
      if (guest != of && guest != 0) {
        reached = null;
      }
      guest = of;
      return reached;
    } finally {
      lock.unlock();
    }
  }

  /// This much of it was told.
  public void reach(Position position) {
    lock.lock();
    try {
      reached = position;
    } finally {
      lock.unlock();
    }
  }

  /// To keep for coming back after a reload.
  public @Nullable Position kept() {
    lock.lock();
    try {
      return reached;
    } finally {
      lock.unlock();
    }
  }

  /// What was kept before a reload, unless more is known since.
  public void restore(@Nullable Position position) {
    lock.lock();
    try {
      if (reached == null) {
        reached = position;
      }
    } finally {
      lock.unlock();
    }
  }
}
