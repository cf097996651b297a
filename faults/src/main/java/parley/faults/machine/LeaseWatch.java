package parley.faults.machine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parley.faults.history.History;
import parley.faults.history.Line;
import parley.faults.history.What;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/// Notes when session nodes let their leases go by: others then rightly take them for dead, though
/// no fault was injected. Reads where leases are stored, without the services.
public final class LeaseWatch implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  /// A lease that ends so soon may have ended before the next look.
  private static final long LATE_MILLIS = 2 * LOOK_EVERY.toMillis();

  private final Store store;
  private final List<String> nodes;
  private final History run;
  private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
  private @Nullable String leases;

  private LeaseWatch(Store store, List<String> nodes, History run) {
    this.store = store;
    this.nodes = List.copyOf(nodes);
    this.run = run;
    long every = LOOK_EVERY.toMillis();
    var _ = looks.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
  }

  /// From now on; whoever opened the history closes it after this.
  public static LeaseWatch over(FaultMachine machine, History run) {
    List<String> names = machine.nodes().stream().map(SessionProcess::name).toList();
    return new LeaseWatch(machine.store(), names, run);
  }

  @Override
  public void close() {
    looks.close();
  }

  private void look() {
    try (Jedis redis = new Jedis("127.0.0.1", store.primaryPort())) {
      if (leases == null) {
        leases = redis.keys("*{nodes}:leases").stream().findFirst().orElse(null);
      }
      List<String> time = redis.time();
      long now = Long.parseLong(time.get(0)) * 1_000 + Long.parseLong(time.get(1)) / 1_000;
      for (String node : nodes) {
        Double ends = leases == null ? null : redis.zscore(leases, "session/" + node);
        if (ends == null || ends - now < LATE_MILLIS) {
          run.note(Line.of(What.LATE).text(node));
        }
      }
    } catch (JedisException gone) {
      nodes.forEach(node -> run.note(Line.of(What.LATE).text(node)));
    }
  }
}
