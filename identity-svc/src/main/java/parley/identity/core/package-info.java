/// The rules of guests and their tokens, in plain Java: who may be one, what it costs, when tokens
/// count no more.
@NullMarked
package parley.identity.core;

import org.jspecify.annotations.NullMarked;
