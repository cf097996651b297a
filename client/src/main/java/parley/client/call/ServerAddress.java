package parley.client.call;

import java.net.URI;

/// Where the door is, and whether it is spoken to in plain text.
public record ServerAddress(String host, int port, Security security) {
  private static final String EXPECTED = "', expected HOST:PORT or https://HOST[:PORT]";
  private static final int HTTPS = 443;

  /// Whether words travel sealed.
  public enum Security {
    PLAINTEXT,
    TLS
  }

  public ServerAddress {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("server is '" + host + ":" + port + EXPECTED);
    }
  }

  /// `127.0.0.1:8080`, `http://host:port` (both in plain text) or `https://host`.
  public static ServerAddress parse(String text) {
    try {
      URI uri = URI.create(text.contains("://") ? text : "http://" + text);
      Security security = "https".equals(uri.getScheme()) ? Security.TLS : Security.PLAINTEXT;
      int port = uri.getPort() < 0 && security == Security.TLS ? HTTPS : uri.getPort();
      if (uri.getHost() == null || port < 1) {
        throw new IllegalArgumentException("no host or no port");
      }
      return new ServerAddress(uri.getHost(), port, security);
    } catch (IllegalArgumentException notAnAddress) {
      throw new IllegalArgumentException("server is '" + text + EXPECTED, notAnAddress);
    }
  }

  public URI uri() {
    return URI.create((security == Security.TLS ? "https://" : "http://") + this);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
