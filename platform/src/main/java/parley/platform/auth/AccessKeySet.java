package parley.platform.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The public keys of a JWKS file, by id.
record AccessKeySet(Map<String, AccessKeySet.Key> byId) {
  AccessKeySet {
    byId = Map.copyOf(byId);
  }

  /// One public key; `verifier` is thread-safe. Equal if the key is.
  record Key(ECKey key, ECDSAVerifier verifier) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key same && key.equals(same.key);
    }

    @Override
    public int hashCode() {
      return key.hashCode();
    }
  }

  /// @throws IllegalArgumentException if this is not a set of P-256 keys with ids
  static AccessKeySet parse(byte[] json) {
    return parse(json, SignatureLibrary.fastest());
  }

  static AccessKeySet parse(byte[] json, SignatureLibrary library) {
    try {
      Map<String, Key> byId = new HashMap<>();
      for (JWK jwk : JWKSet.parse(new String(json, StandardCharsets.UTF_8)).getKeys()) {
        ECKey key = requireOurs(jwk);
        byId.put(key.getKeyID(), new Key(key, library.verifier(key)));
      }
      if (byId.isEmpty()) {
        throw new IllegalArgumentException("holds no key, expected one or more");
      }
      return new AccessKeySet(byId);
    } catch (ParseException | JOSEException wrong) {
      throw new IllegalArgumentException("not a JWKS of P-256 keys: " + wrong.getMessage(), wrong);
    }
  }

  Optional<Key> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  private static ECKey requireOurs(JWK jwk) {
    if (!(jwk instanceof ECKey key)
        || !Curve.P_256.equals(key.getCurve())
        || key.getKeyID() == null) {
      throw new IllegalArgumentException("holds a key that is not P-256 with a kid");
    }
    if (key.isPrivate()) {
      throw new IllegalArgumentException("holds a private key, expected public keys alone");
    }
    return key;
  }
}
