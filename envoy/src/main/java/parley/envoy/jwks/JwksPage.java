package parley.envoy.jwks;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.platform.config.HostPort;
import parley.platform.http.HttpAnswer;
import parley.platform.http.HttpPort;

/// The public key set as it stands in its file, for Envoy.
public final class JwksPage {
  private static final Logger LOG = LoggerFactory.getLogger(JwksPage.class);

  private JwksPage() {}

  /// Serves `/jwks.json`. While the file cannot be read it answers 503, and Envoy keeps the keys it
  /// has.
  ///
  /// @throws IllegalStateException with a sentence if the address cannot be had
  public static HttpPort open(HostPort where, Path jwks) {
    return HttpPort.open(where, "/jwks.json", () -> answer(jwks));
  }

  private static HttpAnswer answer(Path jwks) {
    try {
      return HttpAnswer.ok("application/json", ByteString.copyFrom(Files.readAllBytes(jwks)));
    } catch (IOException unreadable) {
      LOG.atError().setCause(unreadable).addKeyValue("file", jwks).log("key set cannot be read");
      return HttpAnswer.unavailable();
    }
  }
}
