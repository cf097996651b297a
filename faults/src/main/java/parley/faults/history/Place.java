package parley.faults.history;

/// A place in a log, as the wire says it.
///
/// @param epoch unsigned
/// @param offset 1 for the first entry; 0 stands before it
/// @param check 31 random bits of the entry at this offset; 0 before the first, and where the
///   server does not know it
public record Place(int epoch, long offset, int check) {
  @Override
  public String toString() {
    return Integer.toHexString(epoch) + ":" + offset + "-" + Integer.toHexString(check);
  }
}
