/// The companion in the box: an AI peer without key and without internet, made of layers. What the
/// conduct leaves is looked up in the bank of small talk by what it means; where that knows
/// nothing, the talk is carried on. It is small and says so.
@NullMarked
package parley.bot.core.companion;

import org.jspecify.annotations.NullMarked;
