package parley.bot.core.bank;

/// The direction that an embedder gave a text.
final class Meaning {
  private final float[] unit;

  private Meaning(float[] unit) {
    this.unit = unit;
  }

  /// A vector of zeros has no direction and is like nothing.
  static Meaning of(float[] vector) {
    double length = Math.sqrt(product(vector, vector));
    float[] unit = new float[vector.length];
    for (int at = 0; at < vector.length && length > 0; at++) {
      unit[at] = (float) (vector[at] / length);
    }
    return new Meaning(unit);
  }

  /// 1 for the same direction, 0 for unrelated ones.
  double cosine(Meaning other) {
    return product(unit, other.unit);
  }

  // Four sums, so that none waits for the one before.
  private static double product(float[] one, float[] two) {
    float first = 0;
    float second = 0;
    float third = 0;
    float fourth = 0;
    int at = 0;
    for (; at + 3 < one.length; at += 4) {
      first += one[at] * two[at];
      second += one[at + 1] * two[at + 1];
      third += one[at + 2] * two[at + 2];
      fourth += one[at + 3] * two[at + 3];
    }
    for (; at < one.length; at++) {
      first += one[at] * two[at];
    }
    return first + second + third + fourth;
  }
}
