package parley.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.NodeId;
import parley.platform.config.HostPort;
import parley.platform.config.NodeConfig;
import parley.platform.lifecycle.NodeContext;
import parley.testing.Eventually;

class AdminPortIT {
  private static final HostPort ANY = new HostPort("127.0.0.1", 0);

  private final NodeContext context = NodeContext.of(new NodeId("admin-test"));
  private final AdminPort port = AdminPort.open(at(ANY), List.of(), context);
  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress(port.grpc().host(), port.grpc().port()).usePlaintext().build();

  @AfterEach
  void close() {
    channel.shutdownNow();
    port.close();
  }

  @Test
  void healthSaysServingOnlyBetweenReadyAndDraining() {
    assertThat(health()).isEqualTo(ServingStatus.NOT_SERVING);
    port.ready();
    assertThat(health()).isEqualTo(ServingStatus.SERVING);
    port.draining();
    assertThat(health()).isEqualTo(ServingStatus.NOT_SERVING);
  }

  @Test
  void reflectionListsWhatIsServed() {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> ask =
        ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new FirstAnswer<>(answer));
    ask.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

    assertThat(answer.join().getListServicesResponse().getServiceList())
        .extracting(service -> service.getName())
        .contains(
            "grpc.health.v1.Health",
            "grpc.reflection.v1.ServerReflection",
            "grpc.reflection.v1alpha.ServerReflection",
            "grpc.channelz.v1.Channelz");
  }

  @Test
  void metricsAreServedAsPrometheusReadsThem() throws Exception {
    context.meters().counter("parley.test.calls").increment();

    try (HttpClient http = HttpClient.newHttpClient()) {
      String body =
          http.send(
                  HttpRequest.newBuilder(URI.create("http://" + port.http() + "/metrics")).build(),
                  BodyHandlers.ofString())
              .body();
      assertThat(body).contains("parley_test_calls_total 1.0");
    }
  }

  @Test
  void aTakenPortIsASentence() {
    assertThatThrownBy(() -> AdminPort.open(at(port.grpc()), List.of(), context))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot listen on " + port.grpc())
        .hasMessageContaining("in use");
  }

  @Test
  void aClosedPortLeavesNoThread() {
    NodeContext other = NodeContext.of(new NodeId("closing-test"));
    AdminPort.open(at(ANY), List.of(), other).close();

    Eventually.holds(
        "no thread of the closed port is left",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("closing-test")));
  }

  private ServingStatus health() {
    return HealthGrpc.newBlockingStub(channel)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  private record FirstAnswer<T>(CompletableFuture<T> answer) implements StreamObserver<T> {
    @Override
    public void onNext(T value) {
      answer.complete(value);
    }

    @Override
    public void onError(Throwable thrown) {
      answer.completeExceptionally(thrown);
    }

    @Override
    public void onCompleted() {}
  }

  private static NodeConfig at(HostPort grpc) {
    return new NodeConfig(new NodeId("admin-test"), grpc, ANY);
  }
}
