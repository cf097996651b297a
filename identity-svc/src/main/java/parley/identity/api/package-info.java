/// The gRPC face: maps in, calls core, maps out.
@NullMarked
package parley.identity.api;

import org.jspecify.annotations.NullMarked;
