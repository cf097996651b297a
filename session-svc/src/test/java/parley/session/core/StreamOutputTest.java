package parley.session.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.session.core.port.Outlet;
import parley.session.redis.StoredBodies;

class StreamOutputTest {
  private final List<Integer> told = new ArrayList<>();

  @Test
  void roomIsToldInPortionsOfAQuarter() {
    StreamOutput output = output(32);

    output.takeMore(32);
    one(output, 7);
    assertThat(told).containsExactly(32);
    one(output, 1);
    assertThat(told).containsExactly(32, 8);
    one(output, 5);
    output.takeMore(20);
    assertThat(told).containsExactly(32, 8, 25);
  }

  @Test
  void whereFewMayBeOutstandingEachIsToldAtOnce() {
    StreamOutput output = output(3);

    output.takeMore(3);
    one(output, 2);

    assertThat(told).containsExactly(3, 1, 1);
  }

  private static void one(StreamOutput output, int times) {
    IntStream.range(0, times).forEach(_ -> output.takeMore(1));
  }

  private StreamOutput output(int outstanding) {
    return new StreamOutput(new StoredBodies(), new Told(), outstanding);
  }

  private final class Told implements Outlet {
    @Override
    public void takeMore(int frames) {
      told.add(frames);
    }

    @Override
    public boolean send(List<Frame> frames) {
      return true;
    }

    @Override
    public void end(List<Frame> last) {}

    @Override
    public void endAtOnce(Frame last) {}

    @Override
    public void refuse(Refusal refusal) {}

    @Override
    public boolean ready() {
      return true;
    }
  }
}
