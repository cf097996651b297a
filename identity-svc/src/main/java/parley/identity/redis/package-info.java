/// What identity-svc remembers in Redis, and the scripts beside their callers. All of it fades by
/// itself.
@NullMarked
package parley.identity.redis;

import org.jspecify.annotations.NullMarked;
