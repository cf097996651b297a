package parley.platform.auth;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import java.security.Provider;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What checks signatures: AWS-LC, by the Amazon Corretto Crypto Provider, in an eighth of the CPU
/// that the JDK takes. Where its native library cannot be loaded (it is for one platform, and is
/// laid into the temporary folder), the JDK does the same work. Only [AccessKeySet] uses it:
/// nothing is registered with the JVM.
enum SignatureLibrary {
  NATIVE,
  JDK;

  private static final Logger LOG = LoggerFactory.getLogger(SignatureLibrary.class);

  /// The faster of those that work here; looked for once in a JVM.
  static SignatureLibrary fastest() {
    return Loaded.PROVIDER.isPresent() ? NATIVE : JDK;
  }

  /// Thread-safe.
  ///
  /// @throws java.util.NoSuchElementException if this one does not work here
  ECDSAVerifier verifier(ECKey key) throws JOSEException {
    return switch (this) {
      case NATIVE -> {
        Provider provider = Loaded.PROVIDER.orElseThrow();
        ECDSAVerifier verifier = new ECDSAVerifier(key.toECPublicKey(provider));
        verifier.getJCAContext().setProvider(provider);
        yield verifier;
      }
      case JDK -> new ECDSAVerifier(key);
    };
  }

  /// Loaded with its first use.
  private static final class Loaded {
    static final Optional<Provider> PROVIDER = load();

    private static Optional<Provider> load() {
      AmazonCorrettoCryptoProvider library = AmazonCorrettoCryptoProvider.INSTANCE;
      Throwable notHere = library.getLoadingError();
      if (notHere == null) {
        return Optional.of(library);
      }
      LOG.atWarn()
          .log("signatures are checked by the JDK, eight times as dear: {}", notHere.toString());
      return Optional.empty();
    }
  }
}
