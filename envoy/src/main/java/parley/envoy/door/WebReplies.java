package parley.envoy.door;

import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.accesslog.v3.AndFilter;
import io.envoyproxy.envoy.config.accesslog.v3.ComparisonFilter;
import io.envoyproxy.envoy.config.accesslog.v3.HeaderFilter;
import io.envoyproxy.envoy.config.accesslog.v3.StatusCodeFilter;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.RuntimeUInt32;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.LocalReplyConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.ResponseMapper;
import java.util.List;

/// What a browser reads when the door refuses: status 200 with a grpc-status and a fixed sentence
/// in the headers. Without this it gets a bare HTTP error. Native clients get theirs from Envoy
/// itself.
final class WebReplies {
  private record Refusal(int httpStatus, int grpcStatus, String sentence) {}

  private static final List<Refusal> REFUSALS =
      List.of(
          new Refusal(400, 13, "malformed request"),
          new Refusal(401, 16, "access token missing, expired or not valid"),
          new Refusal(403, 7, "not permitted"),
          new Refusal(404, 12, "no such call"),
          new Refusal(408, 4, "request took too long"),
          new Refusal(413, 8, "request too large"),
          new Refusal(429, 8, "too many calls"),
          new Refusal(431, 8, "headers too large"),
          new Refusal(500, 13, "internal"),
          new Refusal(502, 14, "unavailable"),
          new Refusal(503, 14, "unavailable"),
          new Refusal(504, 4, "answer took too long"));

  private WebReplies() {}

  static LocalReplyConfig mappers() {
    return LocalReplyConfig.newBuilder()
        .addAllMappers(REFUSALS.stream().map(WebReplies::mapper).toList())
        .build();
  }

  private static ResponseMapper mapper(Refusal refusal) {
    return ResponseMapper.newBuilder()
        .setFilter(
            AccessLogFilter.newBuilder()
                .setAndFilter(
                    AndFilter.newBuilder()
                        .addFilters(status(refusal.httpStatus()))
                        .addFilters(fromWeb())))
        .setStatusCode(Typed.number(200))
        .addHeadersToAdd(header("grpc-status", Integer.toString(refusal.grpcStatus())))
        .addHeadersToAdd(header("grpc-message", refusal.sentence()))
        .setBodyFormatOverride(
            SubstitutionFormatString.newBuilder()
                .setTextFormatSource(DataSource.newBuilder().setInlineString(""))
                .setContentType("application/grpc-web+proto"))
        .build();
  }

  private static AccessLogFilter status(int code) {
    return AccessLogFilter.newBuilder()
        .setStatusCodeFilter(
            StatusCodeFilter.newBuilder()
                .setComparison(
                    ComparisonFilter.newBuilder()
                        .setOp(ComparisonFilter.Op.EQ)
                        .setValue(
                            RuntimeUInt32.newBuilder()
                                .setDefaultValue(code)
                                .setRuntimeKey("door.web_replies." + code))))
        .build();
  }

  /// The content type no longer tells: the gRPC-Web filter has changed it by then.
  private static AccessLogFilter fromWeb() {
    return AccessLogFilter.newBuilder()
        .setHeaderFilter(
            HeaderFilter.newBuilder()
                .setHeader(HeaderMatcher.newBuilder().setName("x-grpc-web").setPresentMatch(true)))
        .build();
  }

  private static HeaderValueOption header(String name, String value) {
    return HeaderValueOption.newBuilder()
        .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
        .setAppendAction(HeaderValueOption.HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
        .build();
  }
}
