/// The machine that is broken: real servers and nodes as processes, and what stands between them so
/// that it can be cut.
@NullMarked
package parley.faults.machine;

import org.jspecify.annotations.NullMarked;
