package parley.platform.discovery;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The services that register.
public enum ServiceName {
  IDENTITY,
  MATCH,
  SESSION,
  /// Called by our services alone.
  BOT;

  /// Those that the door routes to.
  public static final List<ServiceName> ROUTED = List.of(IDENTITY, MATCH, SESSION);

  /// As it is written in Redis, in the door's cluster names and in logs: `match`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Empty for a service of a newer version, which a reader skips.
  public static Optional<ServiceName> of(String text) {
    return Arrays.stream(values()).filter(service -> service.text().equals(text)).findFirst();
  }
}
