package parley.local.story;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import parley.client.call.Face;
import parley.client.web.WebChannel;

/// One call at the door with hand-made headers, over either face, and what comes of it: `OK`,
/// `UNAUTHENTICATED` when the door speaks, `PERMISSION_DENIED WRONG_SESSION` when a service does.
final class Knock {
  private Knock() {}

  static String at(String door, Face face, Map<String, String> headers, Consumer<Channel> call) {
    return switch (face) {
      case NATIVE -> {
        ManagedChannel channel = NettyChannelBuilder.forTarget(door).usePlaintext().build();
        try {
          yield outcome(channel, headers, call);
        } finally {
          channel.shutdownNow();
        }
      }
      case WEB -> {
        WebChannel channel = WebChannel.open(URI.create("http://" + door));
        try {
          yield outcome(channel, headers, call);
        } finally {
          channel.close();
        }
      }
    };
  }

  /// A call over the web face that is answered.
  static <R> R answer(String door, Map<String, String> headers, Function<Channel, R> call) {
    WebChannel channel = WebChannel.open(URI.create("http://" + door));
    try {
      return call.apply(with(headers, channel));
    } finally {
      channel.close();
    }
  }

  private static String outcome(
      Channel channel, Map<String, String> headers, Consumer<Channel> call) {
    try {
      call.accept(with(headers, channel));
      return "OK";
    } catch (StatusRuntimeException refused) {
      return (refused.getStatus().getCode() + " " + reason(refused)).strip();
    }
  }

  private static Channel with(Map<String, String> headers, Channel channel) {
    Metadata metadata = new Metadata();
    headers.forEach(
        (name, value) ->
            metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  private static String reason(StatusRuntimeException refused) {
    Status status = StatusProto.fromThrowable(refused);
    return Optional.ofNullable(status).stream()
        .flatMap(details -> details.getDetailsList().stream())
        .filter(detail -> detail.is(ErrorInfo.class))
        .map(Knock::unpack)
        .findFirst()
        .orElse("");
  }

  private static String unpack(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class).getReason();
    } catch (InvalidProtocolBufferException notErrorInfo) {
      throw new IllegalStateException(notErrorInfo);
    }
  }
}
