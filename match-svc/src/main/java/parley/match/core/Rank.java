package parley.match.core;

/// A ticket's place in every queue: microseconds of Redis' clock when it was made, or one more than
/// the last. Given once, kept through parking and returns.
public record Rank(long micros) implements Comparable<Rank> {
  public Rank {
    if (micros < 1 || micros > 9_999_999_999_999_999L) {
      throw new IllegalArgumentException("rank is " + micros + ", expected 1 to 16 digits");
    }
  }

  @Override
  public int compareTo(Rank other) {
    return Long.compare(micros, other.micros);
  }
}
