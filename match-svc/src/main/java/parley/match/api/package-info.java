/// gRPC in: maps calls to core and outcomes back. Nothing is decided here.
@NullMarked
package parley.match.api;

import org.jspecify.annotations.NullMarked;
