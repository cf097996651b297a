/// An ordered, resumable log between n members, and its live subscribers.
///
/// The promise: a committed entry is delivered to every member, or readable by resume, once, in one
/// order that all members see, until it is trimmed. What cannot be kept is said
/// ([parley.relay.ResetReason]); there is no silent gap. A slow subscriber hurts only itself.
///
/// Bodies are opaque bytes and members are numbers; nothing here says "two". This package holds the
/// rules, [parley.relay.redis] how Redis keeps the log.
@NullMarked
package parley.relay;

import org.jspecify.annotations.NullMarked;
