/// How a node is started, drained and closed.
@NullMarked
package parley.platform.lifecycle;

import org.jspecify.annotations.NullMarked;
