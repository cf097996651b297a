/// A service's settings: read once from a file and the environment, all faults reported at once.
@NullMarked
package parley.platform.config;

import org.jspecify.annotations.NullMarked;
