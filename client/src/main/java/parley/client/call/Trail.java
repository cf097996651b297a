package parley.client.call;

import java.util.concurrent.locks.ReentrantLock;

/// The correlation id under which one guest's calls go now, so that an operator can follow a match
/// from the guest on: the first search goes on under the id that the guest was made under, each
/// later search has its own. Calls for the guest itself carry the id of the newest search.
/// Thread-safe.
public final class Trail {
  private final ReentrantLock lock = new ReentrantLock();
  private final Door door;
  private String current;
  private boolean searched;

  public Trail(Door door) {
    this.door = door;
    this.current = door.newId();
  }

  public String current() {
    lock.lock();
    try {
      return current;
    } finally {
      lock.unlock();
    }
  }

  /// The id of a search that begins now.
  public String ofNewSearch() {
    lock.lock();
    try {
      if (searched) {
        current = door.newId();
      }
      searched = true;
      return current;
    } finally {
      lock.unlock();
    }
  }
}
