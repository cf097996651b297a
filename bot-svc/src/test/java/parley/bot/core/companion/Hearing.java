package parley.bot.core.companion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import parley.bot.core.Fault;
import parley.bot.core.port.Talker;

/// Keeps what is said, which must cost no tokens and must not fail.
record Hearing(List<String> lines) implements Talker.Listener {
  @Override
  public void sentence(String text) {
    lines.add(text);
  }

  @Override
  public void done(int tokens) {
    assertThat(tokens).isZero();
  }

  @Override
  public void failed(Fault fault, int tokens) {
    throw new AssertionError(fault);
  }
}
