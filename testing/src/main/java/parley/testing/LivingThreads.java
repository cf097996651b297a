package parley.testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The threads of this JVM that live, virtual ones too, which no stack trace of the platform's
/// shows.
public final class LivingThreads {
  private static final Pattern THREAD = Pattern.compile("(?m)^#(\\d+) \"(.*?)\"");

  private LivingThreads() {}

  /// Names by thread number, which is never given twice; those without a name are left out.
  public static Map<Long, String> now() {
    try {
      Path folder = Files.createTempDirectory("parley-threads-");
      Path dump = folder.resolve("threads");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
      String threads = Files.readString(dump);
      Files.delete(dump);
      Files.delete(folder);
      return THREAD
          .matcher(threads)
          .results()
          .filter(found -> !found.group(2).isEmpty())
          .collect(
              Collectors.toUnmodifiableMap(
                  found -> Long.valueOf(found.group(1)), (MatchResult found) -> found.group(2)));
    } catch (IOException noDump) {
      throw new UncheckedIOException(noDump);
    }
  }

  /// Those with this word in their names.
  public static Map<Long, String> named(String word) {
    return now().entrySet().stream()
        .filter(thread -> thread.getValue().contains(word))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
