package parley.client.call;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a client does about a call that ended with a status: the error table of the contract.
///
/// Our services say why (`ErrorInfo`, domain `parley`); the door says only a code.
public sealed interface Advice {
  /// The access token is not good any more: refresh it once, then make a new guest.
  record Refresh() implements Advice {}

  /// This guest is over: make a new one.
  record NewGuest() implements Advice {}

  /// Too much: wait so long.
  record Wait(Duration pause) implements Advice {}

  /// Nobody was there, or the call was cut: try again, with back-off.
  record Retry() implements Advice {}

  /// Trying again does not help.
  record Stop() implements Advice {}

  String DOMAIN = "parley";
  Duration DEFAULT_PAUSE = Duration.ofSeconds(5);
  Metadata.Key<String> RETRY_AFTER =
      Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER);

  /// @param trailers of the call; null if it never came so far
  static Advice of(Status status, @Nullable Metadata trailers) {
    com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
    Optional<ErrorInfo> reason = detail(details, ErrorInfo.class);
    if (reason.isPresent() && reason.get().getDomain().equals(DOMAIN)) {
      return ofReason(reason.get().getReason(), details);
    }
    return ofCode(status.getCode(), trailers);
  }

  private static Advice ofReason(String reason, com.google.rpc.Status details) {
    return switch (reason) {
      case "TOKEN_EXPIRED", "TOKEN_REVOKED", "TOKEN_MALFORMED", "TOKEN_WRONG_AUDIENCE" ->
          new Refresh();
      case "LIMIT_REACHED" ->
          new Wait(
              detail(details, RetryInfo.class)
                  .map(info -> ProtoTimes.duration(info.getRetryDelay()))
                  .orElse(DEFAULT_PAUSE));
      case "RESUME", "INTERNAL" -> new Retry();
      default -> new Stop();
    };
  }

  private static Advice ofCode(Status.Code code, @Nullable Metadata trailers) {
    return switch (code) {
      case UNAUTHENTICATED -> new Refresh();
      case PERMISSION_DENIED -> new NewGuest();
      case RESOURCE_EXHAUSTED -> new Wait(retryAfter(trailers));
      case UNIMPLEMENTED,
          INVALID_ARGUMENT,
          FAILED_PRECONDITION,
          NOT_FOUND,
          ALREADY_EXISTS,
          OUT_OF_RANGE ->
          new Stop();
      case OK, CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, ABORTED, INTERNAL, UNAVAILABLE, DATA_LOSS ->
          new Retry();
    };
  }

  private static Duration retryAfter(@Nullable Metadata trailers) {
    String seconds = trailers == null ? null : trailers.get(RETRY_AFTER);
    return seconds != null && seconds.matches("[0-9]{1,5}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : DEFAULT_PAUSE;
  }

  private static <D extends com.google.protobuf.Message> Optional<D> detail(
      com.google.rpc.@Nullable Status details, Class<D> type) {
    if (details == null) {
      return Optional.empty();
    }
    for (Any any : details.getDetailsList()) {
      if (any.is(type)) {
        try {
          return Optional.of(any.unpack(type));
        } catch (InvalidProtocolBufferException damaged) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
