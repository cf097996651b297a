package parley.envoy;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// gRPC over HTTP/2, as an app calls.
final class NativeCaller implements AutoCloseable {
  private final ManagedChannel channel;

  NativeCaller(String address) {
    channel = NettyChannelBuilder.forTarget("dns:///" + address).usePlaintext().build();
  }

  /// Code and node of a unary call.
  record Answer(Status.Code code, String message, Metadata headers) {
    String node() {
      return headers.get(EchoNode.NODE);
    }
  }

  Channel with(Map<String, String> headers) {
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(metadata(headers)));
  }

  <Q, S> Answer call(MethodDescriptor<Q, S> method, Q request, Map<String, String> headers) {
    AtomicReference<Metadata> answered = new AtomicReference<>(new Metadata());
    AtomicReference<Metadata> trailers = new AtomicReference<>(new Metadata());
    Channel watched =
        ClientInterceptors.intercept(
            with(headers), MetadataUtils.newCaptureMetadataInterceptor(answered, trailers));
    try {
      var _ =
          ClientCalls.blockingUnaryCall(
              watched,
              method,
              CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
              request);
      return new Answer(Status.Code.OK, "", answered.get());
    } catch (StatusRuntimeException refused) {
      Metadata seen = refused.getTrailers();
      return new Answer(
          refused.getStatus().getCode(),
          String.valueOf(refused.getStatus().getDescription()),
          seen == null ? new Metadata() : seen);
    }
  }

  <Q, S> ClientCall<Q, S> open(MethodDescriptor<Q, S> method, Map<String, String> headers) {
    return with(headers).newCall(method, CallOptions.DEFAULT);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private static Metadata metadata(Map<String, String> headers) {
    Metadata metadata = new Metadata();
    headers.forEach(
        (name, value) ->
            metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
    return metadata;
  }
}
