/// Runs that break things on purpose and prove from what was seen that nothing was lost: `./parley
/// faults`.
@NullMarked
package parley.faults;

import org.jspecify.annotations.NullMarked;
