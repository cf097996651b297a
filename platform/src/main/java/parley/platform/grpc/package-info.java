/// How any of our servers speaks gRPC: ports, the closed list of failures, correlation, validation.
@NullMarked
package parley.platform.grpc;

import org.jspecify.annotations.NullMarked;
