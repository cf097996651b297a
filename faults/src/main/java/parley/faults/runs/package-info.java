/// What every command that runs under faults can be told.
@NullMarked
package parley.faults.runs;

import org.jspecify.annotations.NullMarked;
