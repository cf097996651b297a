/// gRPC-Web over HTTP/1.1 as an `io.grpc.Channel`, so that generated stubs speak it: unary calls
/// and server streams, binary framing.
///
/// After the wire description in grpc/grpc, doc/PROTOCOL-WEB.md.
@NullMarked
package parley.client.web;

import org.jspecify.annotations.NullMarked;
