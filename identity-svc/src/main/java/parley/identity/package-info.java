/// Guests: who may talk at all. Makes them, keeps their families of tokens, and revokes.
@NullMarked
package parley.identity;

import org.jspecify.annotations.NullMarked;
