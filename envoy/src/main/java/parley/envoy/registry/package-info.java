/// Who is there to be routed to.
@NullMarked
package parley.envoy.registry;

import org.jspecify.annotations.NullMarked;
