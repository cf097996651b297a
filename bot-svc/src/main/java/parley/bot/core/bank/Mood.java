package parley.bot.core.bank;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a person who says such a thing probably feels.
public enum Mood {
  HAPPY,
  SAD,
  LONELY,
  ANXIOUS,
  ANGRY,
  TIRED,
  BORED;

  /// The mood of that lower-case name.
  static Optional<Mood> named(String name) {
    return Arrays.stream(values())
        .filter(mood -> mood.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }
}
