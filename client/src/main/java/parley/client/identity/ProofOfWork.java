package parley.client.identity;

import com.google.common.primitives.Longs;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What a client pays to become a guest where guests are made too fast: a counter for which
/// SHA-256(nonce, counter as 8 bytes big-endian) starts with so many zero bits. 20 bits take about
/// a second.
final class ProofOfWork {
  private ProofOfWork() {}

  static long solve(byte[] nonce, int zeroBits) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = new byte[digest.getDigestLength()];
      long counter = 0;
      while (!Thread.currentThread().isInterrupted()) {
        digest.update(nonce);
        digest.update(Longs.toByteArray(counter));
        digest.digest(hash, 0, hash.length);
        if (leadingZeroBits(hash) >= zeroBits) {
          return counter;
        }
        counter++;
      }
      throw new IllegalStateException("interrupted while working for a guest");
    } catch (NoSuchAlgorithmException | DigestException missing) {
      throw new IllegalStateException("this Java has no SHA-256", missing);
    }
  }

  static int leadingZeroBits(byte[] hash) {
    int bits = 0;
    for (byte b : hash) {
      if (b != 0) {
        return bits + Integer.numberOfLeadingZeros(b & 0xFF) - (Integer.SIZE - Byte.SIZE);
      }
      bits += Byte.SIZE;
    }
    return bits;
  }
}
