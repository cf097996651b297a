package parley.platform.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private final List<String> closed = new ArrayList<>();
  private final Lifecycle lifecycle = new Lifecycle();

  @Test
  void parts_close_in_reverse_and_once() {
    lifecycle.own(() -> closed.add("first"));
    lifecycle.own(() -> closed.add("second"));

    lifecycle.close();
    lifecycle.close();

    assertThat(closed).containsExactly("second", "first");
  }

  @Test
  void a_part_that_cannot_close_does_not_keep_the_others_open() {
    lifecycle.own(() -> closed.add("first"));
    lifecycle.own(
        () -> {
          throw new IllegalStateException("stuck");
        });

    lifecycle.close();

    assertThat(closed).containsExactly("first");
  }
}
