package parley.bot.langchain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.util.List;
import org.junit.jupiter.api.Test;

class MiniLmEmbedderIT {
  private final MiniLmEmbedder embedder = new MiniLmEmbedder();

  @Test
  void textsOfLikeMeaningLieNearEachOther() {
    float[] sad = embedder.embed("i feel down today");

    assertThat(near(sad, embedder.embed("today i am sad")))
        .isGreaterThan(near(sad, embedder.embed("my printer has no paper")) + 0.3);
  }

  @Test
  void itSaysWhatTheLibraryWithItsManyThreadsSays() {
    var library =
        new dev.langchain4j.model.embedding.onnx.allminilml6v2q
            .AllMiniLmL6V2QuantizedEmbeddingModel();
    for (String text : List.of("hi", "My cat's name is Zoë, isn't it?!", "über 12 € 😀 и слово")) {
      assertThat(near(embedder.embed(text), library.embed(text).content().vector()))
          .as(text)
          .isGreaterThan(0.999);
    }
  }

  @Test
  void anyTextHasADirection() {
    assertThat(embedder.embed("")).hasSize(384).isEqualTo(embedder.embed(" "));
    assertThat(embedder.embed("word ".repeat(2_000))).hasSize(384);
  }

  private static double near(float[] one, float[] other) {
    return CosineSimilarity.between(Embedding.from(one), Embedding.from(other));
  }
}
