package parley.bot.core.bank;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// How a person who says such a thing probably feels; what weighs most comes first.
public enum Mood {
  /// After a death or another loss for good.
  GRIEVING,
  /// About an illness, their own or of somebody near.
  ILL,
  ASHAMED,
  ANXIOUS,
  LONELY,
  SAD,
  ANGRY,
  /// By a mishap or a nuisance.
  BOTHERED,
  TIRED,
  BORED,
  HAPPY;

  private static final Set<Mood> HEAVY = EnumSet.of(GRIEVING, ILL, ASHAMED, ANXIOUS, LONELY, SAD);

  /// A cheerful line would hurt.
  boolean isHeavy() {
    return HEAVY.contains(this);
  }

  /// As files write it.
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The mood of that lower-case name.
  static Optional<Mood> named(String name) {
    return Arrays.stream(values()).filter(mood -> mood.key().equals(name)).findFirst();
  }
}
