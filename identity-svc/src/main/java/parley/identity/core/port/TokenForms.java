package parley.identity.core.port;

import java.time.Duration;
import java.util.Optional;
import parley.domain.Principal;
import parley.identity.core.Nonce;
import parley.identity.core.RefreshFacts;

/// The forms in which tokens leave and come back. What is opened was made by us and never changed.
public interface TokenForms {
  /// A signed access token that counts from now for `life`.
  String access(Principal who, Duration life);

  /// The same facts give the same text.
  String refresh(RefreshFacts facts);

  Optional<RefreshFacts> openRefresh(String token);

  byte[] nonce(Nonce nonce);

  Optional<Nonce> openNonce(byte[] bytes);
}
