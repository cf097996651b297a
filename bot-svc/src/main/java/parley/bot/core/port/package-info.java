/// What the AI peer's rules need from outside.
@NullMarked
package parley.bot.core.port;

import org.jspecify.annotations.NullMarked;
