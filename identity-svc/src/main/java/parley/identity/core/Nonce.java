package parley.identity.core;

import java.util.HexFormat;

/// What a challenge's nonce says.
///
/// @param id 16 random bytes in hex
/// @param madeAtMillis by the clock of the store
/// @param workBits the work that was asked for with it
public record Nonce(String id, long madeAtMillis, int workBits) {
  public static final int ID_BYTES = 16;

  static Nonce of(byte[] id, long madeAtMillis, int workBits) {
    return new Nonce(HexFormat.of().formatHex(id), madeAtMillis, workBits);
  }
}
