package parley.local.story;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;
import parley.testing.Eventually;

/// Everything somebody heard, in order. Thread-safe.
final class Heard<E> {
  private final List<E> events = new CopyOnWriteArrayList<>();

  void add(E event) {
    events.add(event);
  }

  List<E> all() {
    return new ArrayList<>(events);
  }

  <T extends E> List<T> all(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends E> Optional<T> last(Class<T> type) {
    List<T> found = all(type);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
  }

  /// Waits for the first event of this kind that fits.
  <T extends E> T await(String sentence, Class<T> type, Predicate<T> fits) {
    try {
      Eventually.holds(sentence, () -> all(type).stream().anyMatch(fits));
    } catch (ConditionTimeoutException never) {
      throw new AssertionError(sentence + " (heard: " + events + ")", never);
    }
    return all(type).stream().filter(fits).findFirst().orElseThrow();
  }

  <T extends E> T await(String sentence, Class<T> type) {
    return await(sentence, type, _ -> true);
  }
}
