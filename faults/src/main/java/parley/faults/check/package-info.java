/// Proves from histories alone that a run kept its promise. It shares no code with the services nor
/// with the client: what a log is, what order and what an acknowledgement mean is said here once
/// more, from the pages.
@NullMarked
package parley.faults.check;

import org.jspecify.annotations.NullMarked;
