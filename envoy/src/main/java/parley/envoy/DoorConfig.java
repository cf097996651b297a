package parley.envoy;

import com.google.common.net.InetAddresses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parley.envoy.door.DoorRules;
import parley.envoy.door.DoorRules.AddressLimit;
import parley.envoy.door.DoorRules.TokenRules;
import parley.envoy.door.DoorRules.Transport;
import parley.envoy.registry.RegistryTimes;
import parley.platform.auth.AuthConfig;
import parley.platform.config.HostPort;
import parley.platform.config.NodeConfig;
import parley.platform.config.Settings;
import parley.platform.redis.RedisConfig;

/// Settings of the control plane.
///
/// @param xdsAt where Envoy asks what to do
/// @param jwksAt where Envoy fetches the public keys
/// @param jwks the public key file that Envoy is given over HTTP
/// @param certificate of the listener; without one it speaks plain HTTP
/// @param bootstrap the file for Envoy to start with, if one is to be written
public record DoorConfig(
    NodeConfig node,
    HostPort xdsAt,
    HostPort jwksAt,
    RedisConfig redis,
    RegistryTimes registry,
    Path jwks,
    DoorRules rules,
    Optional<CertificateFiles> certificate,
    Optional<Bootstrap> bootstrap) {
  /// Where to write the bootstrap file, and what stands in it.
  public record Bootstrap(Path file, HostPort admin, int connections, int heapMebibytes) {}

  /// @throws parley.platform.config.ConfigFaults with every fault
  public static DoorConfig read(Settings settings) {
    AuthConfig auth = AuthConfig.read(settings);
    Optional<CertificateFiles> certificate = certificate(settings);
    DoorConfig config =
        new DoorConfig(
            NodeConfig.read(settings),
            settings.listener("xds.address"),
            settings.listener("jwks.address"),
            RedisConfig.read(settings),
            RegistryTimes.read(settings),
            auth.jwks(),
            rules(settings, auth, certificate.isPresent() ? Transport.TLS : Transport.PLAIN),
            certificate,
            bootstrap(settings));
    settings.check();
    return config;
  }

  private static DoorRules rules(Settings settings, AuthConfig auth, Transport transport) {
    return new DoorRules(
        listener(settings),
        origins(settings),
        new AddressLimit(
            settings.integer("address-limit.burst", 1, 1_000_000, 400),
            settings.integer("address-limit.per-second", 1, 1_000_000, 100),
            settings.integer("address-limit.trusted-hops", 0, 10, 0)),
        settings.duration(
            "streams.idle", Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofSeconds(75)),
        settings.duration(
            "health.every", Duration.ofMillis(100), Duration.ofMinutes(1), Duration.ofSeconds(2)),
        new TokenRules(auth.issuer(), auth.audience()),
        transport,
        site(settings));
  }

  private static HostPort listener(Settings settings) {
    HostPort at = settings.address("listener.address", new HostPort("0.0.0.0", 8080));
    if (!InetAddresses.isInetAddress(at.host())) {
      settings.fault("listener.address", at.toString(), "an IP address and a port");
    }
    return at;
  }

  private static List<String> origins(Settings settings) {
    List<String> origins = settings.list("cors.origins", List.of());
    origins.stream()
        .filter(origin -> !origin.equals("*") && !origin.matches("https?://[^/*]+"))
        .forEach(
            origin ->
                settings.fault("cors.origins", origin, "https://host, http://host:port or *"));
    return origins;
  }

  private static Optional<HostPort> site(Settings settings) {
    return settings.optionalText("site.address").isPresent()
        ? Optional.of(settings.address("site.address"))
        : Optional.empty();
  }

  private static Optional<CertificateFiles> certificate(Settings settings) {
    boolean chain = settings.optionalText("tls.certificate").isPresent();
    boolean key = settings.optionalText("tls.key").isPresent();
    return chain || key
        ? Optional.of(
            new CertificateFiles(settings.file("tls.certificate"), settings.file("tls.key")))
        : Optional.empty();
  }

  private static Optional<Bootstrap> bootstrap(Settings settings) {
    HostPort admin = settings.address("bootstrap.admin", new HostPort("127.0.0.1", 9901));
    int connections = settings.integer("bootstrap.connections", 1, 10_000_000, 10_000);
    int mebibytes = settings.integer("bootstrap.heap-mib", 64, 1_000_000, 2_048);
    return settings
        .optionalText("bootstrap.file")
        .map(file -> new Bootstrap(Path.of(file), admin, connections, mebibytes));
  }
}
