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

  private static double product(float[] one, float[] two) {
    double sum = 0;
    for (int at = 0; at < one.length; at++) {
      sum += (double) one[at] * two[at];
    }
    return sum;
  }
}
