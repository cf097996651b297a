package parley.bot.core.bank;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/// The ideas that were used in one session, of the bank's lines and of what others said for the
/// same side. Each may be used once. Not thread-safe.
final class Used {
  private final Set<String> ideas = new HashSet<>();
  private boolean lenient;

  void add(String idea) {
    ideas.add(idea);
  }

  void addAll(Set<String> all) {
    ideas.addAll(all);
  }

  boolean isFresh(String idea) {
    return !ideas.contains(idea);
  }

  /// A line of these ideas may be said: none of them was used, but for those that are only better
  /// not said twice.
  boolean allows(Set<String> all) {
    return lenient || all.stream().allMatch(idea -> Ideas.isSoft(idea) || isFresh(idea));
  }

  /// None of these was used.
  boolean areFresh(Set<String> all) {
    return all.stream().allMatch(this::isFresh);
  }

  boolean isLenient() {
    return lenient;
  }

  /// What must be said in any case: whatever was used before, it may be used again meanwhile.
  <T> T leniently(Supplier<T> says) {
    lenient = true;
    try {
      return says.get();
    } finally {
      lenient = false;
    }
  }
}
