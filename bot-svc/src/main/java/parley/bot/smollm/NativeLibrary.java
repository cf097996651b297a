package parley.bot.smollm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Lays the native library into a folder of this process alone, where its loader then finds it.
/// Left to itself, the loader writes it to one fixed path for all processes of a machine, over the
/// one that others run.
final class NativeLibrary {
  private static final String FOLDER = "de.kherud.llama.lib.path";
  private static final String RESOURCES = "/de/kherud/llama/";

  private static final Path CPU = Path.of("/proc/cpuinfo");

  /// What the library for Linux on x86_64 was built with. It does not look, and a process that
  /// meets an instruction its CPU does not have dies.
  private static final List<String> NEEDED = List.of("avx2", "fma", "f16c");

  private NativeLibrary() {}

  /// Runs what loads the library, with the library at its place.
  ///
  /// @throws IOException if there is none for this system or CPU, or it cannot be written
  static void during(Runnable loading) throws IOException {
    if (system().equals("Linux/x86_64")) {
      List<String> lacking = lacking(Files.readString(CPU));
      if (!lacking.isEmpty()) {
        throw new IOException("this CPU lacks " + String.join(", ", lacking));
      }
    }
    String name = System.mapLibraryName("jllama");
    Path folder = Files.createTempDirectory("parley-smollm-");
    Path library = folder.resolve(name);
    try (InputStream content =
        NativeLibrary.class.getResourceAsStream(RESOURCES + system() + "/" + name)) {
      if (content == null) {
        throw new IOException("no native library for " + system());
      }
      var _ = Files.copy(content, library);
      System.setProperty(FOLDER, folder.toString());
      loading.run();
    } finally {
      // Once it is loaded, nobody needs its name; a process that is killed leaves nothing behind.
      var _ = Files.deleteIfExists(library);
      var _ = Files.deleteIfExists(folder);
    }
  }

  /// What the library needs and a CPU has not.
  ///
  /// @param cpuinfo as Linux tells of an x86_64: what one core can do stands in a line `flags`
  static List<String> lacking(String cpuinfo) {
    Set<String> flags =
        cpuinfo
            .lines()
            .filter(line -> line.startsWith("flags"))
            .findFirst()
            .map(line -> Set.copyOf(List.of(line.split("\\s+"))))
            .orElse(Set.of());
    return NEEDED.stream().filter(needed -> !flags.contains(needed)).toList();
  }

  private static String system() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "");
    String folder = name.startsWith("mac") ? "Mac" : "Linux";
    return folder + "/" + (arch.equals("amd64") ? "x86_64" : arch);
  }
}
