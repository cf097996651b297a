package parley.envoy.xds;

import io.envoyproxy.controlplane.cache.Resources.ResourceType;
import io.envoyproxy.controlplane.cache.Response;
import io.envoyproxy.controlplane.cache.Watch;
import io.envoyproxy.controlplane.cache.XdsRequest;
import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import io.envoyproxy.controlplane.cache.v3.Snapshot;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/// The newest snapshot, the same for every Envoy.
///
/// An Envoy is not sent again what it has just refused: the library alone would do so some 400
/// times a second, because a refusal names the version that is still in force. The next version is
/// sent as always.
///
/// Nor is an Envoy sent routes, endpoints or secrets while it names none, as when it has refused
/// its listener: the library would send it all there are, it would ignore them and ask again at
/// once. Only clusters and listeners are asked for without names
/// (https://www.envoyproxy.io/docs/envoy/latest/api-docs/xds_protocol, "wildcard").
final class OncePerVersion extends SimpleCache<String> {
  private static final String EVERY_ENVOY = "door";
  private static final Set<ResourceType> WILDCARDS =
      EnumSet.of(ResourceType.CLUSTER, ResourceType.LISTENER);

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
    if (namesNothing(request)) {
      return new Watch(ads, allowDefaultEmptyEdsUpdate, request, out);
    }
    return super.createWatch(
        ads,
        asIfTaken(request),
        knownResources,
        out,
        hasClusterChanged,
        allowDefaultEmptyEdsUpdate);
  }

  private static boolean namesNothing(XdsRequest request) {
    return !WILDCARDS.contains(request.getResourceType())
        && request.getResourceNamesList().isEmpty();
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
