package parley.client.fake;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/// Lets a fake service see the metadata of its call.
public final class HeadersSeen implements ServerInterceptor {
  private static final Context.Key<Metadata> HEADERS = Context.key("headers");

  static String header(String name) {
    return HEADERS.get().get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    return Contexts.interceptCall(
        Context.current().withValue(HEADERS, headers), call, headers, next);
  }
}
