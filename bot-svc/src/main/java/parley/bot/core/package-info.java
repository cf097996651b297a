/// What an AI peer does, in plain Java: places at a node, and taking turns in one conversation.
@NullMarked
package parley.bot.core;

import org.jspecify.annotations.NullMarked;
