package parley.identity.core;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Proof of work: a counter for which SHA-256(nonce, counter as 8 bytes, big-endian) starts with
/// enough zero bits. As hashcash (Back, 1997), on a nonce that the server made.
public final class Work {
  private Work() {}

  public static boolean isDone(byte[] nonce, long counter, int bits) {
    return leadingZeros(digest(nonce, counter)) >= bits;
  }

  private static byte[] digest(byte[] nonce, long counter) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(nonce);
      return sha256.digest(ByteBuffer.allocate(Long.BYTES).putLong(counter).array());
    } catch (NoSuchAlgorithmException notOfThisJdk) {
      throw new IllegalStateException("SHA-256 is missing", notOfThisJdk);
    }
  }

  private static int leadingZeros(byte[] digest) {
    int zeros = 0;
    for (byte eight : digest) {
      int here = Integer.numberOfLeadingZeros(eight & 0xFF) - (Integer.SIZE - Byte.SIZE);
      zeros += here;
      if (here < Byte.SIZE) {
        break;
      }
    }
    return zeros;
  }
}
