/// How Redis keeps the relay's logs and carries its notices.
@NullMarked
package parley.relay.redis;

import org.jspecify.annotations.NullMarked;
