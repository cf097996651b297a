package parley.platform.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import parley.domain.CorrelationId;

/// The closed list of unexpected endings: (status, reason, what a client does next), as listed in
/// `proto/README.md`. Expected endings are outcomes in the protos, with status OK.
///
/// Every status made here carries `ErrorInfo` with domain `parley`; [ErrorBoundary] turns what does
/// not into [#internal]. What the door says has no `ErrorInfo` and is acted on by code.
public final class Failures {
  /// The domain in every `ErrorInfo` of ours.
  public static final String DOMAIN = "parley";

  static final Metadata.Key<Status> DETAILS =
      Metadata.Key.of(
          "grpc-status-details-bin",
          io.grpc.protobuf.ProtoUtils.metadataMarshaller(Status.getDefaultInstance()));

  private Failures() {}

  /// A field outside its shape. The client is at fault: do not repeat.
  public static StatusRuntimeException invalid(String field, String fault, String allowed) {
    return invalid(
        List.of(
            BadRequest.FieldViolation.newBuilder()
                .setField(field)
                .setDescription(fault + "; allowed: " + allowed)
                .build()));
  }

  static StatusRuntimeException invalid(List<BadRequest.FieldViolation> violations) {
    BadRequest.FieldViolation first = violations.getFirst();
    return failure(
        Code.INVALID_ARGUMENT,
        "INVALID_FIELD",
        first.getField() + ": " + first.getDescription(),
        Map.of("field", first.getField()),
        BadRequest.newBuilder().addAllFieldViolations(violations).build());
  }

  /// Refresh once, then make a new guest.
  public static StatusRuntimeException unauthenticated(Unauthenticated why) {
    return failure(
        Code.UNAUTHENTICATED,
        "TOKEN_" + why.name(),
        switch (why) {
          case EXPIRED -> "the access token has expired";
          case REVOKED -> "the access token was revoked";
          case MALFORMED -> "the access token is missing or malformed";
          case WRONG_AUDIENCE -> "the access token is for somebody else";
        },
        Map.of());
  }

  /// Not yours, or not there: the answer is the same. Do not repeat.
  public static StatusRuntimeException permissionDenied(Denied why) {
    return failure(
        Code.PERMISSION_DENIED,
        why.name(),
        switch (why) {
          case NOT_MEMBER -> "no such session, or you are not its member";
          case WRONG_SESSION -> "x-parley-session is not the session named in the call";
          case PERSONS_ONLY -> "this call is for people, not for AI peers";
        },
        Map.of());
  }

  /// Wait for `RetryInfo`, then repeat.
  public static StatusRuntimeException exhausted(String limit, Duration retryAfter) {
    return failure(
        Code.RESOURCE_EXHAUSTED,
        "LIMIT_REACHED",
        "limit reached: " + limit,
        Map.of("limit", limit),
        RetryInfo.newBuilder().setRetryDelay(ProtoTimes.write(retryAfter)).build());
  }

  /// Resume, with back-off and jitter.
  public static StatusRuntimeException unavailable() {
    return failure(Code.UNAVAILABLE, "RESUME", "try again", Map.of());
  }

  /// Say so to the person: this build must be replaced.
  public static StatusRuntimeException clientTooOld(String minimum) {
    return failure(
        Code.FAILED_PRECONDITION,
        "CLIENT_TOO_OLD",
        "this client is too old, expected " + minimum + " or newer",
        Map.of("minimum", minimum));
  }

  /// A call of the contract that this server does not serve yet, or not in this build.
  public static StatusRuntimeException unimplemented() {
    return failure(Code.UNIMPLEMENTED, "NOT_SERVED", "this call is not served", Map.of());
  }

  /// A fault of ours; nothing but the correlation id is told.
  public static StatusRuntimeException internal(CorrelationId correlation) {
    return failure(
        Code.INTERNAL,
        "INTERNAL",
        "internal error; correlation id " + correlation,
        Map.of("correlation_id", correlation.text()));
  }

  /// Whether these trailers were made here.
  static boolean isOurs(Metadata trailers) {
    Status details = trailers.get(DETAILS);
    return details != null
        && details.getDetailsList().stream().anyMatch(detail -> detail.is(ErrorInfo.class));
  }

  private static StatusRuntimeException failure(
      Code code, String reason, String message, Map<String, String> metadata, Message... more) {
    Status.Builder status =
        Status.newBuilder()
            .setCode(code.getNumber())
            .setMessage(message)
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setReason(reason)
                        .setDomain(DOMAIN)
                        .putAllMetadata(metadata)
                        .build()));
    for (Message detail : more) {
      status.addDetails(Any.pack(detail));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }
}
