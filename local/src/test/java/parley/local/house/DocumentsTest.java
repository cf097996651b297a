package parley.local.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the documents point to is there. A path may leave folders out (`match-svc/core`, or with an
/// ellipsis), and a class may be named without its ending or with one of its methods.
class DocumentsTest {
  private static final Path ROOT = Sources.root();
  private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules", ".parley");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)[^)]*\\)");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern PATH = Pattern.compile("[\\w.-]+(/([\\w.-]+|…))+/?");
  private static final Pattern FILE =
      Pattern.compile("[\\w-]+\\.(java|lua|proto|md|yaml|sh|xml|sql)");
  private static final List<List<String>> TREE = tree();

  /// Decisions are never edited, so only their links are checked.
  static Stream<Path> documents() throws IOException {
    return Stream.concat(
        Stream.of("README.md", "proto/README.md").map(ROOT::resolve),
        markdown(ROOT.resolve("docs")));
  }

  static Stream<Path> withDecisions() throws IOException {
    return Stream.concat(documents(), markdown(ROOT.resolve("docs/adr")));
  }

  @Test
  void theDocumentsAreThere() throws IOException {
    assertThat(documents().map(ROOT::relativize).map(Path::toString))
        .contains("README.md", "proto/README.md", "docs/ARCHITECTURE.md", "docs/GLOSSARY.md");
  }

  @ParameterizedTest
  @MethodSource("withDecisions")
  void everyLinkLeadsSomewhere(Path document) throws IOException {
    assertThat(found(LINK, document).filter(link -> !link.contains("://")))
        .allSatisfy(link -> assertThat(document.resolveSibling(link)).exists());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyFileThatIsNamedIsThere(Path document) throws IOException {
    assertThat(found(CODE, document).filter(DocumentsTest::isFile))
        .allSatisfy(name -> assertThat(isThere(name)).as("%s is there", name).isTrue());
  }

  private static boolean isFile(String code) {
    return (PATH.matcher(code).matches() && !code.contains("target/"))
        || FILE.matcher(code).matches();
  }

  private static boolean isThere(String name) {
    List<String> wanted =
        new ArrayList<>(Arrays.stream(name.split("/")).filter(part -> !part.equals("…")).toList());
    String last = wanted.removeLast();
    List<String> endings = List.of(last, last + ".java", last.replaceFirst("\\..*", "") + ".java");
    return TREE.stream()
        .filter(path -> endings.contains(path.getLast()))
        .anyMatch(path -> holdsInOrder(path.subList(0, path.size() - 1), wanted));
  }

  private static boolean holdsInOrder(List<String> path, List<String> wanted) {
    int found = 0;
    for (String part : path) {
      if (found < wanted.size() && part.equals(wanted.get(found))) {
        found++;
      }
    }
    return found == wanted.size();
  }

  private static Stream<String> found(Pattern pattern, Path document) throws IOException {
    return pattern.matcher(Files.readString(document)).results().map(match -> match.group(1));
  }

  private static Stream<Path> markdown(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
    }
  }

  /// Every file and folder, as its names from the root on.
  private static List<List<String>> tree() {
    List<List<String>> paths = new ArrayList<>();
    try {
      Files.walkFileTree(
          ROOT,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts) {
              if (NOT_OURS.contains(folder.getFileName().toString())) {
                return FileVisitResult.SKIP_SUBTREE;
              }
              return visitFile(folder, facts);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
              List<String> names = new ArrayList<>();
              ROOT.relativize(file).forEach(part -> names.add(part.toString()));
              paths.add(List.copyOf(names));
              return FileVisitResult.CONTINUE;
            }
          });
      return List.copyOf(paths);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
