package parley.client.call;

import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;

/// The metadata that the client sends.
public final class Headers {
  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
  private static final Metadata.Key<String> SESSION = key("x-parley-session");
  private static final Metadata.Key<String> CORRELATION = key("x-correlation-id");

  private final Metadata metadata = new Metadata();

  private Headers() {}

  public static Headers correlated(String correlationId) {
    Headers headers = new Headers();
    if (!correlationId.isEmpty()) {
      headers.metadata.put(CORRELATION, correlationId);
    }
    return headers;
  }

  public Headers bearer(String accessToken) {
    metadata.put(AUTHORIZATION, "Bearer " + accessToken);
    return this;
  }

  public Headers session(String sessionId) {
    metadata.put(SESSION, sessionId);
    return this;
  }

  public ClientInterceptor attached() {
    return MetadataUtils.newAttachHeadersInterceptor(metadata);
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
