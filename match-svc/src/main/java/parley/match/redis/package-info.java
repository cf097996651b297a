/// The pool in Redis. `ticket_record.lua` says how a ticket is stored, `ticket_seek.lua` pairs;
/// policy stays in core.
@NullMarked
package parley.match.redis;

import org.jspecify.annotations.NullMarked;
