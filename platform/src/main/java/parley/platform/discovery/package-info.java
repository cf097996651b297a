/// Who runs where: nodes register with a lease, and everybody finds them by it.
///
/// A lease lasts by Redis' clock alone. Adding is fast, removing is slow, and no node's health
/// depends on Redis: a beat that fails is tried again, a list that cannot be read leaves readers
/// with what they know ([KnownNodes]).
@NullMarked
package parley.platform.discovery;

import org.jspecify.annotations.NullMarked;
