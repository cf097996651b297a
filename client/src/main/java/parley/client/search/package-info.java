/// Looking for somebody to talk to, until there is one.
@NullMarked
package parley.client.search;

import org.jspecify.annotations.NullMarked;
