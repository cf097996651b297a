package parley.envoy.door;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.List;

/// Which pages of which origins may call and what they may read. The browser's check, not ours: a
/// plain request from a foreign origin still needs its token and gets its answer.
final class CorsRules {
  private static final String ALLOWED =
      String.join(
          ",",
          "authorization",
          "content-type",
          "x-grpc-web",
          "x-user-agent",
          "grpc-timeout",
          DoorNames.SESSION_HEADER,
          DoorNames.CORRELATION_HEADER);

  /// A refusal of the door comes as headers alone, so the status must be readable there.
  private static final String EXPOSED =
      String.join(
          ",",
          "grpc-status",
          "grpc-message",
          "grpc-status-details-bin",
          "retry-after",
          DoorNames.CORRELATION_HEADER);

  private CorsRules() {}

  static CorsPolicy policy(List<String> origins) {
    return CorsPolicy.newBuilder()
        .addAllAllowOriginStringMatch(origins.stream().map(CorsRules::origin).toList())
        .setAllowMethods("POST")
        .setAllowHeaders(ALLOWED)
        .setExposeHeaders(EXPOSED)
        .setMaxAge("7200")
        .setForwardNotMatchingPreflights(BoolValue.of(false))
        .build();
  }

  private static StringMatcher origin(String origin) {
    return origin.equals("*") ? Typed.prefix("http") : Typed.exact(origin);
  }
}
