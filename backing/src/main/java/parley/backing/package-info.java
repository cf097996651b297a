/// Starts and stops one machine's real servers: used by `up` and by tests alike.
@NullMarked
package parley.backing;

import org.jspecify.annotations.NullMarked;
