package parley.match.core;

import java.util.Optional;

/// How far a ticket has relaxed; in this order a search goes.
public enum Level {
  /// A shared tag and a shared language.
  SAME_TAGS(0),
  /// A shared language.
  SAME_LANGUAGE(1),
  /// Anyone who fits the hard wishes.
  ANYONE(2);

  private final int step;

  Level(int step) {
    this.step = step;
  }

  /// 0 to 2, as stored.
  public int step() {
    return step;
  }

  /// The next further one, if there is.
  public Optional<Level> next() {
    return this == ANYONE ? Optional.empty() : Optional.of(ofStep(step + 1));
  }

  /// @throws IllegalArgumentException for any other number
  public static Level ofStep(int step) {
    for (Level level : values()) {
      if (level.step == step) {
        return level;
      }
    }
    throw new IllegalArgumentException("level is " + step + ", expected 0 to 2");
  }
}
