package parley.platform.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadedFileTest {
  @TempDir Path folder;

  @Test
  void aChangedFileIsReadAgain() throws IOException {
    Path file = written("one");
    ReloadedFile<String> reloaded = open(file, Duration.ZERO);
    assertThat(reloaded.value()).isEqualTo("one");

    replace(file, "two".getBytes(UTF_8));

    assertThat(reloaded.value()).isEqualTo("two");
  }

  @Test
  void betweenLooksTheFileIsLeftAlone() throws IOException {
    Path file = written("one");
    ReloadedFile<String> reloaded = open(file, Duration.ofHours(1));

    replace(file, "two".getBytes(UTF_8));

    assertThat(reloaded.value()).isEqualTo("one");
  }

  @Test
  void aFileThatGotWorseOrWentAwayLeavesTheLastGoodValue() throws IOException {
    Path file = written("one");
    ReloadedFile<String> reloaded = open(file, Duration.ZERO);

    replace(file, "bad".getBytes(UTF_8));
    assertThat(reloaded.value()).isEqualTo("one");
    Files.delete(file);
    assertThat(reloaded.value()).isEqualTo("one");
    replace(file, "two".getBytes(UTF_8));
    assertThat(reloaded.value()).isEqualTo("two");
  }

  private Path written(String text) throws IOException {
    return Files.writeString(folder.resolve("file"), text);
  }

  private static ReloadedFile<String> open(Path file, Duration between) {
    return ReloadedFile.open(file, ReloadedFileTest::parse, between);
  }

  private static String parse(byte[] content) {
    String text = new String(content, UTF_8);
    if (text.equals("bad")) {
      throw new IllegalArgumentException("bad");
    }
    return text;
  }

  /// As who changes a file does it that others read: whole or not at all.
  private static void replace(Path file, byte[] content) throws IOException {
    Path written = Files.write(file.resolveSibling(file.getFileName() + ".new"), content);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
