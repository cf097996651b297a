package parley.platform.auth;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import parley.domain.NodeId;
import parley.domain.Principal;
import parley.platform.lifecycle.NodeContext;

/// Real key files in a folder of a test, and what is opened over them.
record KeyDirectory(Path folder) {
  static KeyDirectory in(Path folder) {
    AccessKeyFiles.create(folder);
    return new KeyDirectory(folder);
  }

  AuthConfig config() {
    return new AuthConfig(AccessKeyFiles.jwks(folder), "parley", "parley");
  }

  AccessTokenSigner signer(Clock clock) {
    return AccessTokenSigner.open(folder, "parley", "parley", clock);
  }

  AccessTokens verifier(Clock clock) {
    return AccessTokens.open(config(), NodeContext.of(new NodeId("test-1")).by(clock));
  }

  String token(Principal who, Clock clock) {
    return signer(clock).sign(who, Duration.ofMinutes(10));
  }
}
