package parley.identity.core;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import parley.domain.DeviceId;

/// A key that a device made and keeps: ECDSA on P-256. Its hash names the device.
public final class DeviceKey {
  private static final byte[] SIGNED_PREFIX = "parley-device-v1:".getBytes(US_ASCII);
  private static final int ID_BYTES = 8;
  private static final ECParameterSpec P256 = p256();

  private final ECPublicKey key;

  private DeviceKey(ECPublicKey key) {
    this.key = key;
  }

  /// Reads a SubjectPublicKeyInfo in DER.
  ///
  /// @throws IllegalArgumentException if it is not a P-256 key
  public static DeviceKey parse(byte[] publicKeyInfo) {
    try {
      if (KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(publicKeyInfo))
              instanceof ECPublicKey key
          && isP256(key)) {
        return new DeviceKey(key);
      }
      throw new IllegalArgumentException("key is on another curve");
    } catch (InvalidKeySpecException notAKey) {
      throw new IllegalArgumentException("not a key", notAKey);
    } catch (GeneralSecurityException notOfThisJdk) {
      throw new IllegalStateException("EC keys are missing", notOfThisJdk);
    }
  }

  /// The first 8 bytes of the SHA-256 of the key's one encoding.
  public DeviceId deviceId() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return DeviceId.of(Arrays.copyOf(hash, ID_BYTES));
    } catch (GeneralSecurityException notOfThisJdk) {
      throw new IllegalStateException("SHA-256 is missing", notOfThisJdk);
    }
  }

  /// Whether the device signed this nonce: ECDSA with SHA-256, in DER, over the prefix and the
  /// nonce.
  public boolean hasSigned(byte[] nonce, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(key);
      verifier.update(SIGNED_PREFIX);
      verifier.update(nonce);
      return verifier.verify(signature);
    } catch (SignatureException notASignature) {
      return false;
    } catch (GeneralSecurityException notOfThisJdk) {
      throw new IllegalStateException("ECDSA is missing", notOfThisJdk);
    }
  }

  /// On the curve by its equation too: the JDK takes any two numbers for a point.
  private static boolean isP256(ECPublicKey key) {
    ECParameterSpec curve = key.getParams();
    if (!curve.getCurve().equals(P256.getCurve()) || !curve.getOrder().equals(P256.getOrder())) {
      return false;
    }
    BigInteger p = ((java.security.spec.ECFieldFp) P256.getCurve().getField()).getP();
    BigInteger x = key.getW().getAffineX();
    BigInteger y = key.getW().getAffineY();
    BigInteger right =
        x.pow(3).add(P256.getCurve().getA().multiply(x)).add(P256.getCurve().getB()).mod(p);
    return x.signum() >= 0
        && y.signum() >= 0
        && x.compareTo(p) < 0
        && y.compareTo(p) < 0
        && y.pow(2).mod(p).equals(right);
  }

  private static ECParameterSpec p256() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException notOfThisJdk) {
      throw new IllegalStateException("P-256 is missing", notOfThisJdk);
    }
  }
}
