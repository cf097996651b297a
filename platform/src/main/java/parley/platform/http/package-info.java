/// The little HTTP/1.1 that nodes speak beside gRPC.
@NullMarked
package parley.platform.http;

import org.jspecify.annotations.NullMarked;
