package parley.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a JVM holds: the living objects of its heap, and what is resident. Where the whole heap was
/// touched at the start, the second grows only by what is outside the heap.
public record MemoryOf(long liveBytes, long residentBytes) {
  /// Collects the garbage of the process.
  public static MemoryOf process(long pid) {
    return new MemoryOf(live(pid), resident(pid));
  }

  /// By how much more is held than then.
  public long beyond(MemoryOf before) {
    return Math.max(0, liveBytes - before.liveBytes)
        + Math.max(0, residentBytes - before.residentBytes);
  }

  /// The sum below a class histogram: `Total instances bytes`.
  private static long live(long pid) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process process =
          new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String histogram =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return histogram
          .lines()
          .filter(line -> line.startsWith("Total"))
          .mapToLong(line -> Long.parseLong(line.strip().split("\\s+", -1)[2]))
          .findFirst()
          .orElseThrow(() -> new AssertionError("jcmd said: " + histogram));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static long resident(long pid) {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
