package parley.envoy.door;

import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import parley.envoy.door.PublicCall.Affinity;
import parley.envoy.door.PublicCall.Credential;
import parley.platform.discovery.ServiceName;
import parley.proto.identity.v1.IdentityServiceGrpc;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.session.v1.SessionServiceGrpc;

/// The allow list: every call of the public services, in the order of the protos, and nothing else.
/// Internal and Ops services are absent, so they have no route and no permission.
final class PublicCalls {
  static final List<ServiceDescriptor> SERVICES =
      List.of(
          IdentityServiceGrpc.getServiceDescriptor(),
          MatchServiceGrpc.getServiceDescriptor(),
          SessionServiceGrpc.getServiceDescriptor());

  private static final Set<MethodDescriptor<?, ?>> WITHOUT_TOKEN =
      Set.of(
          IdentityServiceGrpc.getCreateGuestMethod(), IdentityServiceGrpc.getRefreshTokenMethod());

  private PublicCalls() {}

  static List<PublicCall> all() {
    return Stream.of(
            calls(
                ServiceName.IDENTITY,
                IdentityServiceGrpc.getServiceDescriptor(),
                Affinity.ANY_NODE),
            calls(ServiceName.MATCH, MatchServiceGrpc.getServiceDescriptor(), Affinity.PARTICIPANT),
            calls(ServiceName.SESSION, SessionServiceGrpc.getServiceDescriptor(), Affinity.SESSION))
        .flatMap(calls -> calls)
        .toList();
  }

  private static Stream<PublicCall> calls(
      ServiceName service, ServiceDescriptor descriptor, Affinity affinity) {
    return descriptor.getMethods().stream()
        .map(method -> new PublicCall(service, method, credential(method), affinity));
  }

  private static Credential credential(MethodDescriptor<?, ?> method) {
    return WITHOUT_TOKEN.contains(method) ? Credential.NONE : Credential.ACCESS_TOKEN;
  }
}
