package parley.bot.core.bank;

import java.util.Locale;
import parley.bot.core.port.Embedder;

/// Directions from words and their pieces: deterministic, and texts that share words are near.
public final class HashingEmbedder implements Embedder {
  private static final int DIMENSIONS = 256;
  private static final int PIECE = 4;

  @Override
  public float[] embed(String text) {
    float[] vector = new float[DIMENSIONS];
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
      add(vector, word, 1);
      for (int at = 0; at + PIECE <= word.length(); at++) {
        add(vector, word.substring(at, at + PIECE), 0.5f);
      }
    }
    return vector;
  }

  private static void add(float[] vector, String piece, float weight) {
    if (!piece.isEmpty()) {
      int hash = piece.hashCode() * 0x9E3779B9;
      vector[(hash >>> 8) % DIMENSIONS] += (hash & 1) == 0 ? weight : -weight;
    }
  }
}
