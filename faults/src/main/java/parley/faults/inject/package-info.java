/// What is broken, when and for how long: drawn from one seed before the run begins.
@NullMarked
package parley.faults.inject;

import org.jspecify.annotations.NullMarked;
