package parley.bot.langchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.bot.core.bank.HashingEmbedder;
import parley.bot.core.port.Embedder;

class KnownMeaningsTest {
  private static final List<String> TEXTS = List.of("i have a cat", "good morning", "so sad");

  @TempDir private Path folder;
  private final List<String> asked = new ArrayList<>();
  private final Embedder embedder =
      text -> {
        asked.add(text);
        return new HashingEmbedder().embed(text);
      };
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve(KnownMeanings.FILE);
    KnownMeanings.none(embedder).write(TEXTS, file);
    asked.clear();
  }

  @Test
  void whatIsKnownIsNotAskedAgainAndPointsWhereItDid() throws IOException {
    KnownMeanings known = read();
    asked.clear();

    for (String text : TEXTS) {
      assertThat(cosine(known.embed(text), new HashingEmbedder().embed(text)))
          .isCloseTo(1, within(1e-3));
    }
    assertThat(asked).isEmpty();
    assertThat(known.size()).isEqualTo(3);
  }

  @Test
  void ofAnyOtherTextTheEmbedderIsAsked() throws IOException {
    KnownMeanings known = read();
    asked.clear();

    assertThat(known.embed("a new line")).isEqualTo(new HashingEmbedder().embed("a new line"));
    assertThat(asked).containsExactly("a new line");
  }

  @Test
  void onlyWhatIsNewIsLearntWhenTheTextsChange() throws IOException {
    KnownMeanings before = read();
    asked.clear();

    before.write(List.of("so sad", "a new line"), file);

    assertThat(asked).containsOnly("a new line", "");
    assertThat(KnownMeanings.read(Files.readAllBytes(file), List.of("so sad"), embedder).size())
        .isEqualTo(2);
    assertThat(folder).isDirectoryNotContaining(one -> !one.equals(file));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 20, 400, -1})
  void aByteThatChangedIsFound(int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at < 0 ? bytes.length + at : at] ^= 1;

    assertThatThrownBy(() -> KnownMeanings.read(bytes, TEXTS, embedder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cut or changed");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, 30, 900})
  void aFileThatWasCutIsFound(int length) throws IOException {
    byte[] bytes = java.util.Arrays.copyOf(Files.readAllBytes(file), length);

    assertThatThrownBy(() -> KnownMeanings.read(bytes, TEXTS, embedder))
        .hasMessageContaining("cut or changed");
  }

  @Test
  void aFileOfOtherTextsOrOfAnotherEmbedderIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Embedder other =
        text -> {
          float[] direction = new HashingEmbedder().embed(text);
          direction[7] += 5;
          return direction;
        };

    assertThatThrownBy(() -> KnownMeanings.read(bytes, List.of("never seen"), embedder))
        .hasMessageContaining("other texts");
    assertThatThrownBy(() -> KnownMeanings.read(bytes, TEXTS, other))
        .hasMessageContaining("another embedder");
  }

  private KnownMeanings read() throws IOException {
    return KnownMeanings.read(Files.readAllBytes(file), TEXTS, embedder);
  }

  private static double cosine(float[] one, float[] two) {
    return CosineSimilarity.between(Embedding.from(one), Embedding.from(two));
  }
}
