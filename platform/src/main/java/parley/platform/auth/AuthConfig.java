package parley.platform.auth;

import java.nio.file.Path;
import parley.platform.config.Settings;

/// What a verifier of access tokens must know: the public key set (a JWKS file), whose tokens, and
/// for whom.
public record AuthConfig(Path jwks, String issuer, String audience) {
  /// Of tokens and verifiers alike, unless configured.
  public static final String DEFAULT_NAME = "parley";

  /// Reads `auth.jwks`, `auth.issuer` and `auth.audience`; the last two are `parley` by default.
  /// The caller calls `check`.
  public static AuthConfig read(Settings settings) {
    return new AuthConfig(
        settings.file("auth.jwks"),
        settings.text("auth.issuer", DEFAULT_NAME),
        settings.text("auth.audience", DEFAULT_NAME));
  }
}
