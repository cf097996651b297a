package parley.testing;

/// How often a test does what it does: enough to be believed, or with `./parley test --all` (which
/// sets `PARLEY_FULL_COUNTS`) so often that the rare shows.
public final class Counts {
  private static final String ALL = System.getenv().getOrDefault("PARLEY_FULL_COUNTS", "");

  private Counts() {}

  /// The count of this run.
  public static int of(int usual, int full) {
    return ALL.isEmpty() ? usual : full;
  }
}
