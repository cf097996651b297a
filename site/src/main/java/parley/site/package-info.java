/// The files of the page, and nothing else: no token, no state. The door is before it.
@NullMarked
package parley.site;

import org.jspecify.annotations.NullMarked;
