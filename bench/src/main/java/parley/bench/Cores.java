package parley.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Which core a process of a measurement runs on, so that a driver takes nothing from who is
/// measured. Needs Linux' `taskset` and two cores; without, processes run where they like.
enum Cores {
  SERVERS(0),
  DRIVER(1);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final int core;

  Cores(int core) {
    this.core = core;
  }

  /// Puts this JVM on the driver's core.
  ///
  /// @return how processes run from now on, in words
  static String apart() {
    if (Runtime.getRuntime().availableProcessors() < values().length
        || !DRIVER.keep(ProcessHandle.current().pid())) {
      return "wherever the system puts them";
    }
    return "service and Redis on one core, the driver on another";
  }

  /// All threads of a process, and those they will start. False if that cannot be had.
  boolean keep(long pid) {
    List<String> command = List.of("taskset", "-acp", Integer.toString(core), Long.toString(pid));
    try {
      Process taskset =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return taskset.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && taskset.exitValue() == 0;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
