package parley.session.api;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import parley.platform.grpc.Denied;
import parley.platform.grpc.Failures;

/// `x-parley-session`, by which the door chose this node: the session it names must be the one the
/// call is about.
public final class SessionHeader implements ServerInterceptor {
  static final Metadata.Key<String> HEADER =
      Metadata.Key.of("x-parley-session", Metadata.ASCII_STRING_MARSHALLER);
  private static final Context.Key<String> NAMED = Context.key("session-header");

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    String named = headers.get(HEADER);
    Context context = Context.current().withValue(NAMED, named == null ? "" : named);
    return Contexts.interceptCall(context, call, headers, next);
  }

  /// @throws io.grpc.StatusRuntimeException PERMISSION_DENIED if the header names another session
  ///   or none
  static void require(String session) {
    if (!session.equals(NAMED.get())) {
      throw Failures.permissionDenied(Denied.WRONG_SESSION);
    }
  }
}
