/// One conversation: entering it, talking, coming back after a cut, leaving. The same over both
/// faces.
///
/// Order and once: events come in the order of the log, which is the order that every member sees;
/// each envelope once. A text is told `Stored` when every member will read it, or `NotSent`.
@NullMarked
package parley.client.conversation;

import org.jspecify.annotations.NullMarked;
