/// What the core needs of others.
@NullMarked
package parley.session.core.port;

import org.jspecify.annotations.NullMarked;
