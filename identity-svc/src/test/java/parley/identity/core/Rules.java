package parley.identity.core;

import java.time.Duration;
import parley.identity.core.WorkRule.Asked;

/// Rules for tests: those that ship, but no work is asked for.
public final class Rules {
  public static final String TERMS = "2026-01";
  public static final TokenRules TOKENS =
      new TokenRules(Duration.ofMinutes(10), Duration.ofHours(24), Duration.ofDays(1));
  public static final GuestRules OPEN = guests(false, new WorkRule(Asked.NEVER, 0, 1));

  private Rules() {}

  public static GuestRules guests(boolean deviceRequired, WorkRule work) {
    return new GuestRules(
        TERMS, "/terms", deviceRequired, work, Duration.ofMinutes(2), Duration.ofDays(1));
  }
}
