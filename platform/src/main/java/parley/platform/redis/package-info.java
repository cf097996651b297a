/// How any node speaks to Redis: ordinary commands on a pool, scripts on a pipelined connection of
/// their own.
@NullMarked
package parley.platform.redis;

import org.jspecify.annotations.NullMarked;
