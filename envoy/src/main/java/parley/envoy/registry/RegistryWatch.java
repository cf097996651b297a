package parley.envoy.registry;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.micrometer.core.instrument.Counter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.platform.discovery.KnownNodes;
import parley.platform.discovery.NodeDirectory;
import parley.platform.discovery.RegisteredNode;
import parley.platform.lifecycle.NodeContext;

/// Reads the directory again and again, by the caution of [KnownNodes], and tells what to go by
/// after each reading.
///
/// Nothing is told before the first reading, nor while the first readings are empty (for one grace
/// at most): a control plane that has just started knows less than the Envoys it speaks to, and
/// must not take away what they have.
public final class RegistryWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryWatch.class);

  private final NodeDirectory directory;
  private final Consumer<List<RegisteredNode>> told;
  private final InstantSource steady;
  private final Instant patientUntil;
  private final KnownNodes known;
  private final Counter failures;
  private final ScheduledExecutorService poll;
  private boolean failing;

  private RegistryWatch(
      NodeDirectory directory,
      RegistryTimes times,
      Consumer<List<RegisteredNode>> told,
      NodeContext context) {
    this.directory = directory;
    this.told = told;
    this.steady = context.steady();
    this.patientUntil = steady.instant().plus(times.grace());
    this.known = new KnownNodes(times.grace());
    this.failures = context.meters().counter("parley.door.registry.failed");
    this.poll =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name(context.id() + "-registry").factory());
  }

  /// Reads at once and then in the rhythm of `times`. `told` is called on the watch's own thread;
  /// what it throws is logged.
  public static RegistryWatch follow(
      NodeDirectory directory,
      RegistryTimes times,
      Consumer<List<RegisteredNode>> told,
      NodeContext context) {
    RegistryWatch watch = new RegistryWatch(directory, times, told, context);
    var _ =
        watch.poll.scheduleWithFixedDelay(watch::read, 0, times.poll().toMillis(), MILLISECONDS);
    return watch;
  }

  @Override
  public void close() {
    poll.shutdownNow();
    poll.close();
  }

  private void read() {
    try {
      Instant now = steady.instant();
      List<RegisteredNode> nodes = known.merge(directory.list(), now);
      if (!nodes.isEmpty() || now.isAfter(patientUntil)) {
        told.accept(nodes);
      }
      failing = false;
    } catch (Throwable failure) {
      // The root of a thread: a step that throws here would be the last.
      failed(failure);
    }
  }

  private void failed(Throwable failure) {
    if (poll.isShutdown()) {
      return;
    }
    failures.increment();
    if (!failing) {
      LOG.atError()
          .setCause(failure)
          .log("registry cannot be read, the door keeps the nodes it has");
    }
    failing = true;
  }
}
