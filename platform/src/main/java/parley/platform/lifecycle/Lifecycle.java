package parley.platform.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a node opened, closed in reverse. Also when a later line of the composition throws: open a
/// lifecycle, own each part as it is made, close the lifecycle in the catch.
///
/// A close that fails is logged and the rest still closes. Closing again does nothing. Thread-safe.
public final class Lifecycle implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  private final Deque<AutoCloseable> owned = new ArrayDeque<>();

  /// Takes over the duty to close, and hands the part back.
  public synchronized <T extends AutoCloseable> T own(T part) {
    owned.push(part);
    return part;
  }

  @Override
  public void close() {
    for (AutoCloseable part = next(); part != null; part = next()) {
      closeOne(part);
    }
  }

  private synchronized @Nullable AutoCloseable next() {
    return owned.poll();
  }

  private static void closeOne(AutoCloseable part) {
    try {
      part.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      LOG.atError()
          .setCause(failure)
          .addKeyValue("part", part.getClass().getSimpleName())
          .log("close failed");
    }
  }
}
