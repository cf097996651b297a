package parley.match.core;

import java.time.Duration;

/// How one pool goes about it.
///
/// @param toLanguage after so long in line a ticket accepts a shared language
/// @param toAnyone after so long in line, anyone who fits its hard wishes
/// @param aiAfter after so long without a person an AI peer may come, if `ai` is on
public record PoolRules(
    Duration toLanguage, Duration toAnyone, Acceptance acceptance, AiSwitch ai, Duration aiAfter) {
  public static final PoolRules DEFAULT =
      new PoolRules(
          Duration.ofSeconds(8),
          Duration.ofSeconds(20),
          Acceptance.AT_ONCE,
          AiSwitch.ON,
          Duration.ofSeconds(8));

  /// Of a pool that nobody has described: nobody is matched unasked.
  static final PoolRules UNKNOWN =
      new PoolRules(
          DEFAULT.toLanguage(),
          DEFAULT.toAnyone(),
          Acceptance.BOTH,
          AiSwitch.OFF,
          DEFAULT.aiAfter());

  public PoolRules {
    if (toAnyone.compareTo(toLanguage) < 0) {
      throw new IllegalArgumentException(
          "relaxes to anyone after " + toAnyone + ", expected " + toLanguage + " or later");
    }
  }

  /// When a ticket comes to a level, counted from when it was made.
  public Duration reaches(Level level) {
    return switch (level) {
      case SAME_TAGS -> Duration.ZERO;
      case SAME_LANGUAGE -> toLanguage;
      case ANYONE -> toAnyone;
    };
  }
}
