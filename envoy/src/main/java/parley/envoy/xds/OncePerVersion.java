package parley.envoy.xds;

import io.envoyproxy.controlplane.cache.Response;
import io.envoyproxy.controlplane.cache.Watch;
import io.envoyproxy.controlplane.cache.XdsRequest;
import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import io.envoyproxy.controlplane.cache.v3.Snapshot;
import java.util.Set;
import java.util.function.Consumer;

/// The newest snapshot, the same for every Envoy.
///
/// An Envoy is not sent again what it has just refused: the library alone would do so some 400
/// times a second, because a refusal names the version that is still in force. The next version is
/// sent as always.
final class OncePerVersion extends SimpleCache<String> {
  private static final String EVERY_ENVOY = "door";

  private final Refusals refusals;

  OncePerVersion(Refusals refusals) {
    super(_ -> EVERY_ENVOY);
    this.refusals = refusals;
  }

  void publish(Snapshot snapshot) {
    setSnapshot(EVERY_ENVOY, snapshot);
  }

  @Override
  public Watch createWatch(
      boolean ads,
      XdsRequest request,
      Set<String> knownResources,
      Consumer<Response> out,
      boolean hasClusterChanged,
      boolean allowDefaultEmptyEdsUpdate) {
    return super.createWatch(
        ads,
        asIfTaken(request),
        knownResources,
        out,
        hasClusterChanged,
        allowDefaultEmptyEdsUpdate);
  }

  private XdsRequest asIfTaken(XdsRequest request) {
    Snapshot newest = getSnapshot(EVERY_ENVOY);
    if (newest == null || !request.hasErrorDetail()) {
      return request;
    }
    String version = newest.version(request.getResourceType());
    return refusals.includes(request.getTypeUrl(), version)
        ? XdsRequest.create(request.v3Request().toBuilder().setVersionInfo(version).build())
        : request;
  }
}
