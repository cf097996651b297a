package parley.local.story;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import parley.client.call.Face;
import parley.client.web.WebChannel;

/// Calls anything over one connection of one face, and holds on to how it ended.
record Visitor(Face face, Channel channel, Runnable closing) implements AutoCloseable {
  private static final int LARGEST = 1 << 24;

  static Visitor at(String door, Face face) {
    return switch (face) {
      case NATIVE -> {
        ManagedChannel channel = NettyChannelBuilder.forTarget(door).usePlaintext().build();
        yield new Visitor(face, channel, channel::shutdownNow);
      }
      case WEB -> {
        WebChannel channel = WebChannel.open(URI.create("http://" + door));
        yield new Visitor(face, channel, channel::close);
      }
    };
  }

  /// How the call ended: OK with an answer, or a refusal.
  StatusRuntimeException ending(
      MethodDescriptor<?, ?> call, Message request, Map<String, String> headers) {
    @SuppressWarnings("unchecked")
    MethodDescriptor<Message, Message> any = (MethodDescriptor<Message, Message>) call;
    Metadata metadata = new Metadata();
    headers.forEach(
        (name, value) ->
            metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
    Channel dressed =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
    CallOptions options =
        CallOptions.DEFAULT
            .withDeadlineAfter(10, TimeUnit.SECONDS)
            .withMaxOutboundMessageSize(LARGEST);
    try {
      var _ = ClientCalls.blockingUnaryCall(dressed, any, options, request);
      return Status.OK.asRuntimeException();
    } catch (StatusRuntimeException refused) {
      return refused;
    }
  }

  Status.Code code(MethodDescriptor<?, ?> call, Message request, Map<String, String> headers) {
    return ending(call, request, headers).getStatus().getCode();
  }

  @Override
  public void close() {
    closing.run();
  }
}
