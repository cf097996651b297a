package parley.envoy.door;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import io.envoyproxy.controlplane.cache.v3.Snapshot;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import parley.platform.config.HostPort;
import parley.platform.discovery.RegisteredNode;

/// All that Envoy is told at one moment.
///
/// The version of each kind of resource is the hash of its content: equal content has an equal
/// version, also after a restart of the control plane, so Envoy is sent, and takes in, only what
/// changed.
public final class DoorSnapshot {
  private static final int VERSION_CHARS = 16;

  private DoorSnapshot() {}

  /// @param jwks where Envoy fetches the public keys
  public static Snapshot of(
      DoorRules rules,
      List<RegisteredNode> nodes,
      HostPort jwks,
      Optional<Certificate> certificate) {
    List<Cluster> clusters = DoorClusters.of(rules, jwks);
    List<ClusterLoadAssignment> endpoints = DoorEndpoints.of(nodes);
    List<Listener> listeners = List.of(DoorListener.of(rules));
    List<RouteConfiguration> routes = List.of(DoorRoutes.of(rules));
    List<Secret> secrets = certificate.stream().map(DoorSnapshot::secret).toList();
    return Snapshot.create(
        clusters,
        version(clusters),
        endpoints,
        version(endpoints),
        listeners,
        version(listeners),
        routes,
        version(routes),
        secrets,
        version(secrets));
  }

  private static Secret secret(Certificate certificate) {
    return Secret.newBuilder()
        .setName(DoorNames.CERTIFICATE)
        .setTlsCertificate(
            TlsCertificate.newBuilder()
                .setCertificateChain(DataSource.newBuilder().setInlineBytes(certificate.chain()))
                .setPrivateKey(DataSource.newBuilder().setInlineBytes(certificate.key())))
        .build();
  }

  /// Maps are written in the order of their keys, so that the same content gives the same bytes in
  /// every process. (What is packed inside an Any was built in one order everywhere: its maps keep
  /// the order of insertion.)
  private static String version(List<? extends Message> resources) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      for (Message resource : resources) {
        out.writeMessageNoTag(resource);
      }
      out.flush();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
      return HexFormat.of().formatHex(hash).substring(0, VERSION_CHARS);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    } catch (NoSuchAlgorithmException notOfThisJdk) {
      throw new IllegalStateException(notOfThisJdk);
    }
  }
}
