package parley.platform.auth;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import org.jspecify.annotations.Nullable;
import parley.domain.MemberKind;
import parley.domain.Principal;
import parley.platform.grpc.Denied;
import parley.platform.grpc.Failures;

/// Refuses AI peers, whose tokens open conversations and nothing else. Stands behind the
/// [CallerInterceptor]; a call of an open method, which knows no caller, passes.
public final class PersonsOnly implements ServerInterceptor {
  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    @Nullable Principal caller = CallerInterceptor.PRINCIPAL.get();
    if (caller != null && caller.kind() == MemberKind.AI) {
      throw Failures.permissionDenied(Denied.PERSONS_ONLY);
    }
    return next.startCall(call, headers);
  }
}
