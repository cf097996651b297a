/// What happened, as those saw it who took part: one file for each member, one for the run, one for
/// each log as it was kept. Depends on nothing of Parley, so that the checker does not either.
@NullMarked
package parley.faults.history;

import org.jspecify.annotations.NullMarked;
