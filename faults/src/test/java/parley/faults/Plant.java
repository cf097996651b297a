package parley.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import parley.faults.machine.FaultMachine;

/// A bug, planted into a copy of the project's sources: the changed file is compiled into a folder
/// that stands in front of a node's class path. Nothing in the project knows of it.
///
/// A plant whose words are not found exactly once fails: the source has changed, plant it anew.
///
/// @param name says what is wrong
/// @param edits none where no alarm must be raised
record Plant(String name, Setting setting, List<Edit> edits) {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /// One text for another in one file of the project.
  record Edit(String file, String from, String to) {
    String in(String source) {
      int at = source.indexOf(from);
      if (at < 0 || source.indexOf(from, at + 1) >= 0) {
        throw new AssertionError("'" + from + "' is not once in " + file + ": plant it anew");
      }
      return source.replace(from, to);
    }

    /// Where the file lies below its source folder.
    Path inPackage() {
      return Path.of(file.replaceFirst(".*/src/main/(java|resources)/", ""));
    }
  }

  boolean isClean() {
    return edits.isEmpty();
  }

  /// Nodes with this bug.
  ///
  /// @param folder an empty one, for the changed files
  FaultMachine.Nodes nodes(Path folder) {
    List<Path> inFront = isClean() ? List.of() : List.of(planted(folder));
    return new FaultMachine.Nodes(inFront, setting.settings());
  }

  private Path planted(Path folder) {
    try {
      for (Edit edit : edits) {
        Path copy = folder.resolve(edit.inPackage());
        Path source = Files.exists(copy) ? copy : ROOT.resolve(edit.file());
        String changed = edit.in(Files.readString(source));
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, changed);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    compile(folder);
    return folder;
  }

  private void compile(Path folder) {
    List<String> sources =
        edits.stream()
            .map(Edit::inPackage)
            .filter(path -> path.toString().endsWith(".java"))
            .distinct()
            .map(path -> folder.resolve(path).toString())
            .toList();
    if (sources.isEmpty()) {
      return;
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-nowarn",
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path")));
    arguments.addAll(sources);
    if (compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
      throw new AssertionError(this + " does not compile");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
