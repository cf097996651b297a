/// Calls to other services.
@NullMarked
package parley.session.clients;

import org.jspecify.annotations.NullMarked;
