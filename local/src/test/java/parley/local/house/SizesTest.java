package parley.local.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SizesTest {
  private static final int LINES_OF_A_FILE = 400;
  private static final int LINES_OF_A_METHOD = 50;
  private static final int PARAMETERS = 6;
  private static final Set<String> SAY_NOTHING =
      Set.of(
          "Manager",
          "Util",
          "Utils",
          "Helper",
          "Impl",
          "Data",
          "Info",
          "Processor",
          "Engine",
          "Coordinator",
          "Base",
          "Common");

  @AfterAll
  static void report() throws IOException {
    List<Integer> files = Sources.main().stream().map(Sources.JavaFile::lines).sorted().toList();
    List<Integer> methods =
        Sources.main().stream()
            .flatMap(file -> file.methods().stream())
            .map(Sources.Method::lines)
            .sorted()
            .toList();
    Path target = Files.createDirectories(Path.of("target"));
    Files.writeString(
        target.resolve("house.txt"),
        String.format(
            Locale.ROOT,
            "The house: %d files, median %d lines (aim 80), 95 %% up to %d (aim 250); %d methods, median %d lines (aim 6); %d exceptions%n",
            files.size(),
            at(files, 50),
            at(files, 95),
            methods.size(),
            at(methods, 50),
            Exceptions.all().size()));
  }

  private static int at(List<Integer> sorted, int percent) {
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }

  @Test
  void noFileIsLongerThanAPersonReads() {
    assertThat(
            Sources.all().stream()
                .filter(file -> file.lines() > LINES_OF_A_FILE && !Exceptions.allow(file.name()))
                .map(file -> file.path() + " has " + file.lines() + " lines"))
        .as("files of more than %d lines", LINES_OF_A_FILE)
        .isEmpty();
  }

  @Test
  void noMethodIsLongerThanAScreen() {
    assertThat(methods(method -> method.lines() > LINES_OF_A_METHOD))
        .as("methods of more than %d lines", LINES_OF_A_METHOD)
        .isEmpty();
  }

  @Test
  void noMethodTakesMoreThanSixParameters() {
    assertThat(methods(method -> !method.isConstructor() && method.parameters() > PARAMETERS))
        .as("methods of more than %d parameters", PARAMETERS)
        .isEmpty();
  }

  @Test
  void noClassIsNamedByAWordThatNeverSaysEnough() {
    assertThat(
            Sources.all().stream()
                .filter(file -> SAY_NOTHING.stream().anyMatch(word -> hasWord(file.name(), word)))
                .map(Sources.JavaFile::path))
        .isEmpty();
  }

  @Test
  void everyMethodIsNamedInCamelCase() {
    assertThat(
            Sources.all().stream()
                .flatMap(file -> file.methods().stream().map(method -> label(file, method)))
                .filter(name -> name.contains("_")))
        .as("names with underscores: a test's name is a sentence in camelCase")
        .isEmpty();
  }

  @Test
  void noTestSleeps() {
    assertThat(
            Sources.all().stream()
                .filter(Sources.JavaFile::isTest)
                .filter(file -> file.calls().stream().anyMatch(SizesTest::sleeps))
                .map(Sources.JavaFile::path))
        .as("tests that sleep instead of awaiting a condition")
        .isEmpty();
  }

  @Test
  void everyExceptionIsStillNeeded() {
    Stream<String> names =
        Sources.all().stream()
            .flatMap(
                file ->
                    Stream.concat(
                        Stream.of(file.name()),
                        file.methods().stream().map(method -> label(file, method))));
    assertThat(names.toList()).containsAll(Exceptions.all().keySet());
  }

  private static Stream<String> methods(java.util.function.Predicate<Sources.Method> tooBig) {
    return Sources.all().stream()
        .flatMap(
            file ->
                file.methods().stream()
                    .filter(tooBig)
                    .filter(method -> !Exceptions.allow(label(file, method)))
                    .map(
                        method ->
                            "%s %s: %d lines, %d parameters"
                                .formatted(
                                    file.path(),
                                    method.name(),
                                    method.lines(),
                                    method.parameters())));
  }

  private static String label(Sources.JavaFile file, Sources.Method method) {
    return file.name().replace(".java", ".") + method.name();
  }

  private static boolean hasWord(String name, String word) {
    return name.matches(".*" + word + "([A-Z].*)?\\.java");
  }

  private static boolean sleeps(String call) {
    return call.endsWith("Thread.sleep") || call.matches("(TimeUnit\\.)?[A-Z]+SECONDS\\.sleep");
  }
}
