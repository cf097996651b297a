package parley.client.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/// The key that a device makes for itself, P-256. Limits and daily rules follow it.
public final class DeviceKey {
  private static final String ALGORITHM = "EC";
  private static final byte[] CONTEXT = "parley-device-v1:".getBytes(StandardCharsets.US_ASCII);

  private final KeyPair pair;

  private DeviceKey(KeyPair pair) {
    this.pair = pair;
  }

  public static DeviceKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new DeviceKey(generator.generateKeyPair());
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java has no P-256", missing);
    }
  }

  /// The key that was stored as `privateKey` and `publicKey` gave it.
  ///
  /// @throws IllegalArgumentException if it is not one
  public static DeviceKey of(byte[] privateKey, byte[] publicKey) {
    try {
      KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
      PrivateKey secret = factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey));
      PublicKey open = factory.generatePublic(new X509EncodedKeySpec(publicKey));
      return new DeviceKey(new KeyPair(open, secret));
    } catch (GeneralSecurityException damaged) {
      throw new IllegalArgumentException("not a P-256 key in PKCS#8 and X.509", damaged);
    }
  }

  /// SubjectPublicKeyInfo, DER.
  public byte[] publicKey() {
    return pair.getPublic().getEncoded();
  }

  /// PKCS#8, DER. Stays on this device.
  public byte[] privateKey() {
    return pair.getPrivate().getEncoded();
  }

  /// ECDSA with SHA-256, DER, over the context and the nonce.
  byte[] sign(byte[] nonce) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(CONTEXT);
      signature.update(nonce);
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a P-256 key did not sign", impossible);
    }
  }
}
