package parley.faults.talk;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import parley.proto.session.v1.Text;

/// What a member does next, drawn from its own chance.
final class Habits {
  private final RandomGenerator random;

  Habits(RandomGenerator random) {
    this.random = random;
  }

  /// What can be done to a conversation.
  enum Deed {
    SAY,
    /// Says something and is gone before the answer.
    SAY_AND_GO,
    /// Sends by unary calls whose answers are cut off.
    SAY_UNHEARD,
    /// Drops the stream and comes back.
    RELOAD,
    /// Opens a second stream while the first goes on.
    SECOND_TAB,
    READ_SLOWLY
  }

  Deed next() {
    int die = random.nextInt(100);
    if (die < 66) {
      return Deed.SAY;
    } else if (die < 74) {
      return Deed.SAY_AND_GO;
    } else if (die < 80) {
      return Deed.SAY_UNHEARD;
    } else if (die < 89) {
      return Deed.RELOAD;
    } else if (die < 94) {
      return Deed.SECOND_TAB;
    }
    return Deed.READ_SLOWLY;
  }

  /// In which order texts are sent: each once, each up to three times in a row, all up to three
  /// times one after the other, or the second before the first.
  List<Text> repeated(List<Text> texts) {
    List<Text> order = new ArrayList<>();
    int times = 1 + random.nextInt(3);
    switch (random.nextInt(4)) {
      case 0 -> order.addAll(texts);
      case 1 -> texts.forEach(text -> times(times, () -> order.add(text)));
      case 2 -> times(times, () -> order.addAll(texts));
      default -> {
        if (texts.size() > 1) {
          order.add(texts.get(1));
        }
        order.addAll(texts);
      }
    }
    return order;
  }

  private static void times(int count, Runnable action) {
    for (int i = 0; i < count; i++) {
      action.run();
    }
  }
}
