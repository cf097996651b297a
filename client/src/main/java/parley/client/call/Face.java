package parley.client.call;

/// How a client speaks to the door. Everything above the channel is the same for both.
public enum Face {
  /// gRPC over HTTP/2, one bidirectional stream for each conversation.
  NATIVE,
  /// gRPC-Web over HTTP/1.1: what a browser can do, one stream down and unary calls up.
  WEB
}
