package parley.envoy.xds;

import io.envoyproxy.controlplane.server.DiscoveryServerCallbacks;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What Envoy says to what it was told. A refusal leaves its old configuration in force, so it
/// would go unseen if nobody counted it: `parley.door.snapshots.refused` and `.accepted`, by type.
final class Verdicts implements DiscoveryServerCallbacks {
  private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);

  private final MeterRegistry meters;
  private final Refusals refusals;

  Verdicts(MeterRegistry meters, Refusals refusals) {
    this.meters = meters;
    this.refusals = refusals;
  }

  @Override
  public void onStreamOpen(long stream, String type) {
    LOG.atInfo().addKeyValue("stream", stream).log("envoy connected");
  }

  @Override
  public void onStreamCloseWithError(long stream, String type, Throwable cause) {
    refusals.closed(stream);
    LOG.atInfo().addKeyValue("stream", stream).addKeyValue("cause", cause).log("envoy is gone");
  }

  @Override
  public void onStreamClose(long stream, String type) {
    refusals.closed(stream);
    LOG.atInfo().addKeyValue("stream", stream).log("envoy left");
  }

  @Override
  public void onV3StreamRequest(long stream, DiscoveryRequest request) {
    String type = shortName(request.getTypeUrl());
    if (request.hasErrorDetail()) {
      refusals.refused(stream, request.getTypeUrl());
      meters.counter("parley.door.snapshots.refused", "type", type).increment();
      LOG.atError()
          .addKeyValue("type", type)
          .addKeyValue("version", request.getVersionInfo())
          .log("envoy refused: {}", firstAndLast(request.getErrorDetail().getMessage()));
    } else if (!request.getResponseNonce().isEmpty()) {
      meters.counter("parley.door.snapshots.accepted", "type", type).increment();
    }
  }

  @Override
  public void onV3StreamResponse(
      long stream, DiscoveryRequest request, DiscoveryResponse response) {
    refusals.sent(stream, response.getTypeUrl(), response.getVersionInfo());
  }

  @Override
  public void onV3StreamDeltaRequest(long stream, DeltaDiscoveryRequest request) {
    LOG.atWarn().log("envoy asks for deltas, expected state of the world: see its bootstrap");
  }

  /// Envoy may put the whole resource between the first line and the last.
  static String firstAndLast(String message) {
    List<String> lines = message.strip().lines().toList();
    return lines.size() < 2 ? message.strip() : lines.getFirst() + " … " + lines.getLast();
  }

  private static String shortName(String typeUrl) {
    return typeUrl.substring(typeUrl.lastIndexOf('.') + 1);
  }
}
