/// What every call of the client shares: the way to the door, what an ending means, waiting before
/// trying again, and the one thread on which a search or a conversation lives.
@NullMarked
package parley.client.call;

import org.jspecify.annotations.NullMarked;
