/// What core needs from outside.
@NullMarked
package parley.match.core.port;

import org.jspecify.annotations.NullMarked;
