package parley.envoy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import parley.envoy.door.Certificate;

/// Where the door's certificate is kept. Read again and again: a renewed one reaches Envoy as a
/// secret, which cuts nothing.
public record CertificateFiles(Path chain, Path key) {
  /// @throws UncheckedIOException if a file cannot be read
  public Certificate read() {
    try {
      return new Certificate(
          ByteString.copyFrom(Files.readAllBytes(chain)),
          ByteString.copyFrom(Files.readAllBytes(key)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the door's certificate cannot be read", unreadable);
    }
  }
}
