package parley.envoy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import parley.domain.NodeId;
import parley.platform.config.HostPort;

/// The file that an Envoy is started with: where its control plane is, and what it may use of its
/// machine.
///
/// @param envoy the name of that Envoy in its own statistics
/// @param admin keep it on loopback; port 0 takes any free one (`--admin-address-path` tells which)
/// @param xds an address or a name
/// @param connections more clients than that are turned away at once
/// @param heapBytes from 95 % of it on, new calls are refused
public record EnvoyBootstrap(
    NodeId envoy, HostPort admin, HostPort xds, int connections, long heapBytes) {
  private static final String TEMPLATE = "envoy_bootstrap.yaml";

  /// YAML.
  public String text() {
    Map<String, String> values =
        Map.of(
            "node", envoy.text(),
            "admin.host", admin.host(),
            "admin.port", Integer.toString(admin.port()),
            "xds.host", xds.host(),
            "xds.port", Integer.toString(xds.port()),
            "connections", Integer.toString(connections),
            "heap.bytes", Long.toString(heapBytes));
    String text = template();
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("${" + value.getKey() + "}", value.getValue());
    }
    return text;
  }

  /// Writes it to a file, in place of an older one.
  ///
  /// @throws IllegalStateException with a sentence if the file cannot be written
  public void write(Path file) {
    try {
      Files.writeString(file, text());
    } catch (IOException failed) {
      throw new IllegalStateException(
          "cannot write the bootstrap file '" + file + "': " + failed.getMessage(), failed);
    }
  }

  private static String template() {
    try (InputStream in =
        Objects.requireNonNull(EnvoyBootstrap.class.getResourceAsStream(TEMPLATE), TEMPLATE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
