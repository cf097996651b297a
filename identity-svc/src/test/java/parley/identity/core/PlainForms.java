package parley.identity.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import parley.domain.Principal;
import parley.identity.core.port.TokenForms;

/// Tokens as plain texts that only this instance opens again.
final class PlainForms implements TokenForms {
  private final Map<String, RefreshFacts> refreshTokens = new ConcurrentHashMap<>();
  private final Map<String, Nonce> nonces = new ConcurrentHashMap<>();

  @Override
  public String access(Principal who, Duration life) {
    return who + " for " + life;
  }

  @Override
  public String refresh(RefreshFacts facts) {
    refreshTokens.put(facts.toString(), facts);
    return facts.toString();
  }

  @Override
  public Optional<RefreshFacts> openRefresh(String token) {
    return Optional.ofNullable(refreshTokens.get(token));
  }

  @Override
  public byte[] nonce(Nonce nonce) {
    nonces.put(nonce.toString(), nonce);
    return nonce.toString().getBytes(UTF_8);
  }

  @Override
  public Optional<Nonce> openNonce(byte[] bytes) {
    return Optional.ofNullable(nonces.get(new String(bytes, UTF_8)));
  }
}
