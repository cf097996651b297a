package parley.envoy.door;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parley.platform.config.HostPort;

/// What an operator decides about the door.
///
/// @param listener where clients come in
/// @param origins web origins that browsers may call from, like `https://parley.example`, or `*`
///   for any
/// @param addressLimit calls that one client address may make
/// @param streamIdle a stream without a byte in either direction ends after it: about three
///   heartbeats
/// @param healthEvery how often Envoy asks each node for its health
/// @param tokens whose access tokens are let in
/// @param transport how the listener is spoken to
/// @param site what serves the page, by name or address; without one there is none
public record DoorRules(
    HostPort listener,
    List<String> origins,
    AddressLimit addressLimit,
    Duration streamIdle,
    Duration healthEvery,
    TokenRules tokens,
    Transport transport,
    Optional<HostPort> site) {
  public DoorRules {
    origins = List.copyOf(origins);
  }

  /// Plain HTTP, or TLS with the certificate of the snapshot.
  public enum Transport {
    PLAIN,
    TLS
  }

  /// Issuer and audience as the tokens name them.
  public record TokenRules(String issuer, String audience) {}

  /// A token bucket for each client address: `burst` calls at once, then `perSecond`.
  ///
  /// @param trustedHops proxies before the door whose `x-forwarded-for` says who calls; with 0 it
  ///   is whoever connected
  public record AddressLimit(int burst, int perSecond, int trustedHops) {}
}
