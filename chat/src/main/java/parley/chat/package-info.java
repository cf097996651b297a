/// The terminal client: two ways of showing one walk, for people and for scripts.
///
/// One queue holds all that happens: lines typed, events of the search and of the conversation,
/// times that are over. One thread takes from it, shows, then acts; so what is shown has the order
/// in which it happened.
@NullMarked
package parley.chat;

import org.jspecify.annotations.NullMarked;
