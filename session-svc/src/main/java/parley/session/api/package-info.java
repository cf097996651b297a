/// gRPC in: both faces of a conversation, mapped to the core and back.
@NullMarked
package parley.session.api;

import org.jspecify.annotations.NullMarked;
