/// Matching while nodes and Redis are broken: people who ask, change their minds, fall away and
/// come back, and what they noted of it. Whether it can be so is judged in `check`.
@NullMarked
package parley.faults.matching;

import org.jspecify.annotations.NullMarked;
