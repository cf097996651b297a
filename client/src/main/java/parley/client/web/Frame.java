package parley.client.web;

import com.google.protobuf.ByteString;

/// What a gRPC-Web body is made of.
sealed interface Frame {
  /// One serialized message.
  record Message(ByteString bytes) implements Frame {}

  /// The status and what else came at the end, as lines of an HTTP/1.1 header block.
  record Trailers(ByteString bytes) implements Frame {}
}
