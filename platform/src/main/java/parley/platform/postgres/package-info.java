/// What lasts: one PostgreSQL, asked by transactions. That it is away is a state, not a failure: no
/// service waits for it to start, and none ends with it.
@NullMarked
package parley.platform.postgres;

import org.jspecify.annotations.NullMarked;
