package parley.platform.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private final List<String> closed = new ArrayList<>();
  private final Lifecycle lifecycle = new Lifecycle();

  @Test
  void partsCloseInReverseAndOnce() {
    lifecycle.own(() -> closed.add("first"));
    lifecycle.own(() -> closed.add("second"));

    lifecycle.close();
    lifecycle.close();

    assertThat(closed).containsExactly("second", "first");
  }

  @Test
  void aPartThatCannotCloseDoesNotKeepTheOthersOpen() {
    lifecycle.own(() -> closed.add("first"));
    lifecycle.own(
        () -> {
          throw new IllegalStateException("stuck");
        });

    lifecycle.close();

    assertThat(closed).containsExactly("first");
  }
}
