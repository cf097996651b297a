package parley.platform.grpc;

import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.stub.MetadataUtils;
import java.util.random.RandomGenerator;
import parley.domain.CorrelationId;

/// Puts the caller's `x-correlation-id`, or a new one, into the call's context.
public final class Correlation implements ServerInterceptor {
  /// 8 to 64 of A-Z, a-z, 0-9, `_` and `-`; anything else is replaced.
  public static final Metadata.Key<String> HEADER =
      Metadata.Key.of("x-correlation-id", Metadata.ASCII_STRING_MARSHALLER);

  private static final Context.Key<CorrelationId> CURRENT = Context.key("correlation");

  private final RandomGenerator random;

  Correlation(RandomGenerator random) {
    this.random = random;
  }

  /// The correlation id of the call that this code runs in.
  ///
  /// @throws IllegalStateException outside a call
  public static CorrelationId current() {
    CorrelationId current = CURRENT.get();
    if (current == null) {
      throw new IllegalStateException("no correlation id: not inside a call");
    }
    return current;
  }

  /// For a call to another service that belongs to this id.
  public static ClientInterceptor attach(CorrelationId id) {
    Metadata headers = new Metadata();
    headers.put(HEADER, id.text());
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    String sent = headers.get(HEADER);
    CorrelationId id =
        sent != null && CorrelationId.isCorrelationId(sent)
            ? new CorrelationId(sent)
            : CorrelationId.random(random);
    return Contexts.interceptCall(Context.current().withValue(CURRENT, id), call, headers, next);
  }
}
