/// Being a guest: becoming one, keeping its tokens fresh, becoming another when it is over.
@NullMarked
package parley.client.identity;

import org.jspecify.annotations.NullMarked;
