package parley.bot.smollm;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// What the model is to go on from, and how.
///
/// @param prompt in the model's own markup
/// @param tokens how many it may write
/// @param stops texts before which it ends
/// @param patience how long it may wait for its turn; who must wait longer is refused at once
/// @param wanted asked before each token, on the model's thread: false ends it
record TextRequest(
    String prompt,
    int tokens,
    Sampling sampling,
    List<String> stops,
    Duration patience,
    BooleanSupplier wanted) {
  TextRequest {
    stops = List.copyOf(stops);
  }

  /// How the next token is drawn.
  record Sampling(double temperature, double topP, int topK, double presencePenalty) {
    /// What measured best with this model; no penalty for repetition, which it takes as a reason to
    /// talk nonsense.
    static final Sampling USUAL = new Sampling(0.35, 0.9, 40, 0.2);
  }
}
