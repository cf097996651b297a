package parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What one process of this machine has used so far, as Linux counts it in `/proc`.
///
/// CPU comes from `/proc/<pid>/schedstat` of every thread (nanoseconds on a core), so that short
/// windows are not rounded to clock ticks; threads that ended in between are missed, so keep them
/// alive while measuring.
record ProcessCpu(long pid) {
  private static final Duration TICK = Duration.ofMillis(10);

  /// CPU time of all living threads.
  Duration used() {
    try (var threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return Duration.ofNanos(threads.mapToLong(ProcessCpu::nanos).sum());
    } catch (IOException gone) {
      throw new UncheckedIOException("process " + pid + " is gone", gone);
    }
  }

  /// CPU time of the living threads so far, by name; those of one name together.
  Map<String, ThreadCpu> threads() {
    Map<String, ThreadCpu> byName = new TreeMap<>();
    try (var threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      threads.forEach(
          thread -> {
            try {
              String stat = Files.readString(thread.resolve("stat"));
              String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
              String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
              byName.merge(
                  name,
                  new ThreadCpu(Long.parseLong(fields[11]), Long.parseLong(fields[12])),
                  ThreadCpu::plus);
            } catch (IOException ended) {
              byName.putIfAbsent("ended", new ThreadCpu(0, 0));
            }
          });
    } catch (IOException gone) {
      throw new UncheckedIOException("process " + pid + " is gone", gone);
    }
    return byName;
  }

  /// CPU time of a JVM's compilers so far.
  Duration compilers() {
    return threads().entrySet().stream()
        .filter(thread -> thread.getKey().contains("Compiler"))
        .map(thread -> TICK.multipliedBy(thread.getValue().user() + thread.getValue().system()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /// In ticks of 10 ms.
  record ThreadCpu(long user, long system) {
    ThreadCpu plus(ThreadCpu other) {
      return new ThreadCpu(user + other.user, system + other.system);
    }

    ThreadCpu minus(ThreadCpu other) {
      return new ThreadCpu(user - other.user, system - other.system);
    }
  }

  /// Resident memory, in bytes.
  long residentBytes() {
    try {
      List<String> status = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
      return status.stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("process " + pid + " says no VmRSS"));
    } catch (IOException gone) {
      throw new UncheckedIOException("process " + pid + " is gone", gone);
    }
  }

  private static long nanos(Path thread) {
    try {
      String schedstat = Files.readString(thread.resolve("schedstat"));
      return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
    } catch (IOException ended) {
      return 0;
    }
  }
}
