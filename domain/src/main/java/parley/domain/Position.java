package parley.domain;

/// A place in a log: how a reader says what it has.
///
/// `offset` is 1 for the first envelope and has no gaps; 0 stands before the first. `epoch` is the
/// log's incarnation. Epoch and offset fit also when a log lost its tail in a failover and grew
/// again; `check`, 31 random bits given to each envelope, does not. All three are unsigned in 32
/// bits or less.
public record Position(int epoch, long offset, int check) {
  public Position {
    if (offset < 0 || offset > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("offset is " + offset + ", expected 0 to 4294967295");
    }
    if (check < 0) {
      throw new IllegalArgumentException("check is " + check + ", expected 31 bits");
    }
  }

  /// Before the first envelope of a log.
  public static Position start(int epoch) {
    return new Position(epoch, 0, 0);
  }
}
