package parley.match.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a ticket stands with AI peers.
///
/// @param welcome as its person said last
/// @param calm so long still, nobody is proposed to it who has a companion; absent if anybody is
/// @param companion absent if none
public record AiStanding(
    AiWelcome welcome, @Nullable Duration calm, @Nullable Companion companion) {
  public static final AiStanding NONE = new AiStanding(AiWelcome.NEVER, null, null);
}
