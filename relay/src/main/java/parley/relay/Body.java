package parley.relay;

import java.util.Arrays;

/// What a member said, as bytes that the relay does not read. Neither the giver nor a reader
/// changes the array: it travels from the caller to the log and to every subscriber without a copy.
public final class Body {
  private final byte[] bytes;

  private Body(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Body of(byte[] bytes) {
    return new Body(bytes);
  }

  public byte[] bytes() {
    return bytes;
  }

  public int size() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Body body && Arrays.equals(bytes, body.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// Never the words.
  @Override
  public String toString() {
    return "Body[" + bytes.length + " bytes]";
  }
}
