package parley.bot.langchain;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import parley.bot.core.port.Embedder;

/// Meanings by all-MiniLM-L6-v2, quantised, which runs in this process: 384 dimensions, about a
/// millisecond for a sentence, and some 100 MB that stay. It was made for English; other languages
/// of Latin letters work less well.
///
/// Source: Wang et al., "MiniLM: Deep Self-Attention Distillation for Task-Agnostic Compression of
/// Pre-Trained Transformers", 2020; sentence-transformers/all-MiniLM-L6-v2.
public final class MiniLmEmbedder implements Embedder {
  private final EmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel();

  @Override
  public float[] embed(String text) {
    return model.embed(text.isBlank() ? "." : text).content().vector();
  }
}
