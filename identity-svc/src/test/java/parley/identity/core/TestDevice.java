package parley.identity.core;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/// A device with a key, as a client has it.
public final class TestDevice {
  private final KeyPair keys;

  private TestDevice(KeyPair keys) {
    this.keys = keys;
  }

  public static TestDevice make() {
    return onCurve("secp256r1");
  }

  /// @param curve as the JDK names it
  public static TestDevice onCurve(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return new TestDevice(generator.generateKeyPair());
    } catch (GeneralSecurityException notOfThisJdk) {
      throw new IllegalStateException(notOfThisJdk);
    }
  }

  public byte[] publicKey() {
    return keys.getPublic().getEncoded();
  }

  public DeviceKey key() {
    return DeviceKey.parse(publicKey());
  }

  /// As the proto says: over the prefix and the nonce.
  public byte[] sign(byte[] nonce) {
    return sign("parley-device-v1:", nonce);
  }

  public byte[] sign(String prefix, byte[] nonce) {
    try {
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(keys.getPrivate());
      signer.update(prefix.getBytes(US_ASCII));
      signer.update(nonce);
      return signer.sign();
    } catch (GeneralSecurityException notOfThisJdk) {
      throw new IllegalStateException(notOfThisJdk);
    }
  }
}
