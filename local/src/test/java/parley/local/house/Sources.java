package parley.local.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/// Every Java file of the project, parsed by the compiler.
final class Sources {
  /// One file: where it lies, its lines, its methods, and what it calls (as written).
  record JavaFile(Path path, int lines, List<Method> methods, List<String> calls) {
    String name() {
      return path.getFileName().toString();
    }

    boolean isTest() {
      return path.toString().contains("/src/test/");
    }
  }

  /// One method or constructor, from its first modifier to its last brace.
  record Method(String name, int lines, int parameters, boolean isConstructor) {}

  private static final List<JavaFile> ALL = parse(files());

  private Sources() {}

  static List<JavaFile> all() {
    return ALL;
  }

  static List<JavaFile> main() {
    return ALL.stream().filter(file -> !file.isTest()).toList();
  }

  /// The project's folder: tests run in their module's.
  static Path root() {
    return Path.of("..").toAbsolutePath().normalize();
  }

  private static List<Path> files() {
    try (Stream<Path> modules = Files.list(root())) {
      return modules
          .map(module -> module.resolve("src"))
          .filter(Files::isDirectory)
          .flatMap(Sources::javaFiles)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JavaFile> parse(List<Path> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, List.of(), null, manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      List<JavaFile> parsed = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        parsed.add(read(unit, positions));
      }
      return List.copyOf(parsed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JavaFile read(CompilationUnitTree unit, SourcePositions positions)
      throws IOException {
    LineMap lines = unit.getLineMap();
    List<Method> methods = new ArrayList<>();
    List<String> calls = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void nothing) {
        methods.add(
            new Method(
                method.getName().toString(),
                (int) (line(method, true) - line(method, false)) + 1,
                method.getParameters().size(),
                method.getReturnType() == null));
        return super.visitMethod(method, null);
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
        calls.add(call.getMethodSelect().toString());
        return super.visitMethodInvocation(call, null);
      }

      private long line(Tree tree, boolean end) {
        return lines.getLineNumber(
            end ? positions.getEndPosition(unit, tree) : positions.getStartPosition(unit, tree));
      }
    }.scan(unit, null);
    Path path = Path.of(unit.getSourceFile().toUri());
    return new JavaFile(path, Files.readAllLines(path).size(), methods, calls);
  }
}
