/// What session-svc stores in the relay's log.
@NullMarked
package parley.session.redis;

import org.jspecify.annotations.NullMarked;
