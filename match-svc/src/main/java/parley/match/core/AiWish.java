package parley.match.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a person wishes of AI peers when the ticket is made; they may say otherwise later.
///
/// @param after wait so long before; absent: as the pool does
public record AiWish(AiWelcome welcome, @Nullable Duration after) {
  public static final AiWish NEVER = new AiWish(AiWelcome.NEVER, null);
}
