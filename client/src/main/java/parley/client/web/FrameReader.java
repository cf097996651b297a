package parley.client.web;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Cuts a gRPC-Web body, which arrives in pieces of any size, into frames: one byte of kind, four
/// of length (big-endian), then so many bytes. Used by one thread.
final class FrameReader {
  static final int PREFIX_BYTES = 5;
  private static final int KIND_MESSAGE = 0;
  private static final int KIND_TRAILERS = 0x80;

  private final int maxBytes;
  private final ByteBuffer prefix = ByteBuffer.allocate(PREFIX_BYTES);
  private ByteBuffer content = ByteBuffer.allocate(0);
  private boolean inContent;

  /// @param maxBytes a frame that announces more ends the call
  FrameReader(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// Takes a piece of the body and hands out every frame that it completes.
  ///
  /// @throws StatusRuntimeException if the bytes are not gRPC-Web; the reader is of no use then
  void read(ByteBuffer piece, Consumer<Frame> frames) {
    while (piece.hasRemaining()) {
      if (inContent) {
        move(piece, content);
      } else {
        move(piece, prefix);
        if (!prefix.hasRemaining()) {
          begin();
        }
      }
      if (inContent && !content.hasRemaining()) {
        frames.accept(finish());
      }
    }
  }

  /// True if the body so far ends inside a frame.
  boolean isHalfway() {
    return inContent || prefix.position() > 0;
  }

  private void begin() {
    int kind = prefix.get(0) & 0xFF;
    long length = prefix.getInt(1) & 0xFFFF_FFFFL;
    if (kind != KIND_MESSAGE && kind != KIND_TRAILERS) {
      throw Status.INTERNAL
          .withDescription("gRPC-Web frame of kind " + kind + ", expected 0 or 128")
          .asRuntimeException();
    }
    if (length > maxBytes) {
      throw Status.RESOURCE_EXHAUSTED
          .withDescription("gRPC-Web frame of " + length + " bytes, expected at most " + maxBytes)
          .asRuntimeException();
    }
    content = ByteBuffer.allocate((int) length);
    inContent = true;
  }

  private Frame finish() {
    ByteString bytes = UnsafeByteOperations.unsafeWrap(content.array());
    boolean trailers = (prefix.get(0) & KIND_TRAILERS) != 0;
    content = ByteBuffer.allocate(0);
    prefix.clear();
    inContent = false;
    return trailers ? new Frame.Trailers(bytes) : new Frame.Message(bytes);
  }

  private static void move(ByteBuffer from, ByteBuffer to) {
    int bytes = Math.min(from.remaining(), to.remaining());
    to.put(to.position(), from, from.position(), bytes);
    to.position(to.position() + bytes);
    from.position(from.position() + bytes);
  }
}
