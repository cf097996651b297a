package parley.envoy;

import io.envoyproxy.controlplane.cache.v3.Snapshot;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.envoy.door.Certificate;
import parley.envoy.door.DoorRules;
import parley.envoy.door.DoorSnapshot;
import parley.platform.config.HostPort;
import parley.platform.discovery.RegisteredNode;
import parley.platform.discovery.ServiceName;

/// Makes a snapshot when nodes or certificate have changed, and hands it out. Used by one thread.
final class DoorPublisher implements Consumer<List<RegisteredNode>> {
  private static final Logger LOG = LoggerFactory.getLogger(DoorPublisher.class);

  private final DoorRules rules;
  private final HostPort jwks;
  private final Optional<CertificateFiles> certificate;
  private final Consumer<Snapshot> out;
  private @Nullable Inputs published;
  private @Nullable Certificate lastRead;
  private @Nullable Certificate warnedOf;

  DoorPublisher(
      DoorRules rules,
      HostPort jwks,
      Optional<CertificateFiles> certificate,
      Consumer<Snapshot> out) {
    this.rules = rules;
    this.jwks = jwks;
    this.certificate = certificate;
    this.out = out;
  }

  /// What is said of nodes that the door does not route to changes nothing.
  @Override
  public void accept(List<RegisteredNode> known) {
    List<RegisteredNode> nodes =
        known.stream().filter(node -> ServiceName.ROUTED.contains(node.service())).toList();
    Inputs inputs = new Inputs(nodes, certificate.map(this::readable));
    if (inputs.equals(published)) {
      return;
    }
    out.accept(DoorSnapshot.of(rules, nodes, jwks, inputs.certificate()));
    published = inputs;
    LOG.atInfo()
        .addKeyValue("nodes", nodes.stream().map(node -> node.node() + " " + node.state()).toList())
        .log("door told");
  }

  /// While a certificate cannot be read, as in the middle of its renewal, the last one serves:
  /// nodes must come and go all the same.
  private Certificate readable(CertificateFiles files) {
    try {
      Certificate read = files.read();
      lastRead = read;
      return read;
    } catch (UncheckedIOException unreadable) {
      Certificate last = lastRead;
      if (last == null) {
        throw unreadable;
      }
      if (!last.equals(warnedOf)) {
        warnedOf = last;
        LOG.atError()
            .setCause(unreadable)
            .log("the certificate cannot be read, the last one serves");
      }
      return last;
    }
  }

  private record Inputs(List<RegisteredNode> nodes, Optional<Certificate> certificate) {}
}
