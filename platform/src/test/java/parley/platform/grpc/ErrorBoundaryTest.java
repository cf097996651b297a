package parley.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.domain.NodeId;
import parley.platform.lifecycle.NodeContext;
import parley.proto.match.v1.CancelTicketRequest;
import parley.proto.match.v1.CancelTicketResponse;
import parley.proto.match.v1.MatchServiceGrpc;

class ErrorBoundaryTest {
  private static final CancelTicketRequest VALID =
      CancelTicketRequest.newBuilder().setTicketId("A".repeat(22)).build();

  private Consumer<StreamObserver<CancelTicketResponse>> handler = StreamObserver::onCompleted;
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(
                ServerInterceptors.interceptForward(
                    new ScriptedService(),
                    ServingPort.chain(List.of(), NodeContext.of(new NodeId("test-1")))))
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void anUncaughtExceptionIsInternalWithTheCallersCorrelationIdAndNothingElse() {
    handler =
        _ -> {
          throw new IllegalArgumentException("a secret");
        };

    StatusRuntimeException failure = call(VALID);

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(failure).hasMessageNotContaining("secret");
    assertThat(info(failure).getMetadataMap()).containsEntry("correlation_id", "correlation-1");
  }

  @Test
  void aStatusOfGrpcItselfDoesNotLeave() {
    handler = caller -> caller.onError(Status.NOT_FOUND.withDescription("a secret").asException());

    StatusRuntimeException failure = call(VALID);

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(failure).hasMessageNotContaining("secret");
  }

  @Test
  void aFailureOfTheClosedListPassesWhetherThrownOrSent() {
    handler =
        _ -> {
          throw Failures.unauthenticated(Unauthenticated.EXPIRED);
        };
    assertThat(info(call(VALID)).getReason()).isEqualTo("TOKEN_EXPIRED");

    handler = caller -> caller.onError(Failures.permissionDenied(Denied.NOT_MEMBER));
    assertThat(info(call(VALID)).getReason()).isEqualTo("NOT_MEMBER");
  }

  @Test
  void aBreachOfShapeNamesTheFieldAndWhatIsAllowedAndTheHandlerNeverSeesIt()
      throws InvalidProtocolBufferException {
    handler =
        _ -> {
          throw new AssertionError("the handler was called");
        };

    StatusRuntimeException failure =
        call(CancelTicketRequest.newBuilder().setTicketId("short").build());

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    BadRequest.FieldViolation violation = badRequest(failure).getFieldViolations(0);
    assertThat(violation.getField()).isEqualTo("ticket_id");
    assertThat(violation.getDescription()).contains("22");
  }

  @Test
  void aCallWithoutItsMessageIsTheCallersFault() {
    ClientCall<CancelTicketRequest, CancelTicketResponse> call =
        channel.newCall(MatchServiceGrpc.getCancelTicketMethod(), CallOptions.DEFAULT);
    CompletableFuture<StatusRuntimeException> ended = new CompletableFuture<>();
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            ended.complete(status.asRuntimeException(trailers));
          }
        },
        new Metadata());
    call.halfClose();

    assertThat(ended.join().getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(info(ended.join()).getReason()).isEqualTo("INVALID_FIELD");
  }

  private StatusRuntimeException call(CancelTicketRequest request) {
    Metadata headers = new Metadata();
    headers.put(Correlation.HEADER, "correlation-1");
    var stub =
        MatchServiceGrpc.newBlockingStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    return Optional.ofNullable(
            catchThrowableOfType(StatusRuntimeException.class, () -> stub.cancelTicket(request)))
        .orElseThrow(() -> new AssertionError("the call did not fail"));
  }

  private static ErrorInfo info(StatusRuntimeException failure) {
    try {
      return StatusProto.fromThrowable(failure).getDetails(0).unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException notErrorInfo) {
      throw new AssertionError("first detail is not ErrorInfo", notErrorInfo);
    }
  }

  private static BadRequest badRequest(StatusRuntimeException failure)
      throws InvalidProtocolBufferException {
    return StatusProto.fromThrowable(failure).getDetails(1).unpack(BadRequest.class);
  }

  private final class ScriptedService extends MatchServiceGrpc.MatchServiceImplBase {
    @Override
    public void cancelTicket(
        CancelTicketRequest request, StreamObserver<CancelTicketResponse> caller) {
      handler.accept(caller);
    }
  }
}
