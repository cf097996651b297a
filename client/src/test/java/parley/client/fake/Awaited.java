package parley.client.fake;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Takes what is to come from a queue, or fails with a sentence.
public final class Awaited {
  private static final int SECONDS = 30;

  private Awaited() {}

  public static <T> T from(BlockingQueue<T> queue, String what) {
    try {
      T next = queue.poll(SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("expected " + what + " within " + SECONDS + " s, nothing came");
      }
      return next;
    } catch (InterruptedException hurried) {
      throw new AssertionError(hurried);
    }
  }
}
