/// The rules of a conversation: who may enter, what may be said and how fast, what a stream sees
/// and how it ends. Knows the relay, and neither transport nor store.
@NullMarked
package parley.session.core;

import org.jspecify.annotations.NullMarked;
