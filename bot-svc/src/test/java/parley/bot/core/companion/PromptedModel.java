package parley.bot.core.companion;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import parley.bot.core.Improvised;
import parley.bot.core.port.Improviser;

/// A small model whose lines a test gives.
final class PromptedModel implements Improviser {
  private static final int TRIES = 2;

  final List<Scene> scenes = new ArrayList<>();
  final List<Audience> audiences = new ArrayList<>();
  int cancelled;
  private final Deque<String> lines = new ArrayDeque<>();
  private boolean waits;

  void makes(String... made) {
    lines.addAll(List.of(made));
  }

  /// Says nothing until a test does.
  void waits() {
    waits = true;
  }

  @Override
  public void warm() {}

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public Improvisation improvise(Scene scene, Audience audience) {
    scenes.add(scene);
    audiences.add(audience);
    if (!waits) {
      perform(audience);
    }
    return () -> cancelled++;
  }

  private void perform(Audience audience) {
    Wish wish = Wish.ANOTHER;
    for (int tried = 0; tried < TRIES && wish == Wish.ANOTHER && !lines.isEmpty(); tried++) {
      wish = audience.hears(lines.removeFirst());
    }
    if (wish == Wish.ANOTHER) {
      audience.over(Improvised.NONE_FITS);
    }
  }
}
