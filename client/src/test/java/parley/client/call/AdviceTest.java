package parley.client.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
  @ParameterizedTest
  @CsvSource({
    "UNAUTHENTICATED, Refresh",
    "PERMISSION_DENIED, NewGuest",
    "RESOURCE_EXHAUSTED, Wait",
    "UNAVAILABLE, Retry",
    "INTERNAL, Retry",
    "UNKNOWN, Retry",
    "CANCELLED, Retry",
    "DEADLINE_EXCEEDED, Retry",
    "UNIMPLEMENTED, Stop",
    "INVALID_ARGUMENT, Stop"
  })
  void whatTheDoorSaysIsActedOnByItsCode(Status.Code code, String advice) {
    assertThat(Advice.of(code.toStatus(), null).getClass().getSimpleName()).isEqualTo(advice);
  }

  @ParameterizedTest
  @CsvSource({
    "UNAUTHENTICATED, TOKEN_EXPIRED, Refresh", "UNAUTHENTICATED, TOKEN_REVOKED, Refresh",
    "UNAUTHENTICATED, TOKEN_MALFORMED, Refresh", "UNAUTHENTICATED, TOKEN_WRONG_AUDIENCE, Refresh",
    "PERMISSION_DENIED, NOT_MEMBER, Stop", "PERMISSION_DENIED, WRONG_SESSION, Stop",
    "RESOURCE_EXHAUSTED, LIMIT_REACHED, Wait", "UNAVAILABLE, RESUME, Retry",
    "INTERNAL, INTERNAL, Retry", "FAILED_PRECONDITION, CLIENT_TOO_OLD, Stop",
    "INVALID_ARGUMENT, INVALID_FIELD, Stop", "UNAVAILABLE, SOMETHING_NEW, Stop"
  })
  void whatAServiceSaysIsActedOnByItsReason(Status.Code code, String reason, String advice) {
    StatusRuntimeException said =
        said(code, ErrorInfo.newBuilder().setDomain("parley").setReason(reason).build());
    assertThat(Advice.of(said.getStatus(), said.getTrailers()).getClass().getSimpleName())
        .isEqualTo(advice);
  }

  @Test
  void aReasonOfAnotherDomainIsNotOurs() {
    StatusRuntimeException said =
        said(
            Status.Code.UNAVAILABLE,
            ErrorInfo.newBuilder().setDomain("elsewhere").setReason("NOT_MEMBER").build());
    assertThat(Advice.of(said.getStatus(), said.getTrailers())).isEqualTo(new Advice.Retry());
  }

  @Test
  void theServiceSaysHowLongToWait() {
    StatusRuntimeException said =
        said(
            Status.Code.RESOURCE_EXHAUSTED,
            ErrorInfo.newBuilder().setDomain("parley").setReason("LIMIT_REACHED").build(),
            RetryInfo.newBuilder()
                .setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(7))
                .build());
    assertThat(Advice.of(said.getStatus(), said.getTrailers()))
        .isEqualTo(new Advice.Wait(Duration.ofSeconds(7)));
  }

  @Test
  void theDoorSaysHowLongToWaitInAHeaderOrItIsFiveSeconds() {
    Metadata trailers = new Metadata();
    trailers.put(Advice.RETRY_AFTER, "3");
    assertThat(Advice.of(Status.RESOURCE_EXHAUSTED, trailers))
        .isEqualTo(new Advice.Wait(Duration.ofSeconds(3)));
    trailers.discardAll(Advice.RETRY_AFTER);
    trailers.put(Advice.RETRY_AFTER, "Wed, 21 Oct 2026 07:28:00 GMT");
    assertThat(Advice.of(Status.RESOURCE_EXHAUSTED, trailers))
        .isEqualTo(new Advice.Wait(Duration.ofSeconds(5)));
  }

  private static StatusRuntimeException said(
      Status.Code code, com.google.protobuf.Message... details) {
    com.google.rpc.Status.Builder status = com.google.rpc.Status.newBuilder().setCode(code.value());
    for (var detail : details) {
      status.addDetails(Any.pack(detail));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }
}
