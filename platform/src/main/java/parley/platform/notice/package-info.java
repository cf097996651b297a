/// Nodes that tell each other something by Redis Pub/Sub: quick, ordered, and now and then lost.
@NullMarked
package parley.platform.notice;

import org.jspecify.annotations.NullMarked;
