package parley.platform.discovery;

/// How much more a node takes, as it says with each beat: a hint, older by a beat and a reading of
/// the directory. Whoever asks for a place is answered by the node.
///
/// @param places conversations that could begin there now
public record Room(int places) {
  /// Of a node that does not count.
  public static final Room UNBOUNDED = new Room(Integer.MAX_VALUE);

  public Room {
    if (places < 0) {
      throw new IllegalArgumentException("places is " + places + ", expected 0 or more");
    }
  }

  public boolean isFull() {
    return places == 0;
  }
}
