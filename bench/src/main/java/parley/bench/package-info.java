/// Speed, measured beside baselines in the same run: machines differ and are noisy, so ratios count
/// and CPU per operation, never a duration alone.
@NullMarked
package parley.bench;

import org.jspecify.annotations.NullMarked;
