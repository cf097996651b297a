package parley.bot.core.conduct;

import java.util.List;

/// Everything that is wrong with the files of conduct, each fault with its file, its line and what
/// was expected.
public final class ConductFaults extends RuntimeException {
  private final transient List<String> faults;

  ConductFaults(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  public List<String> faults() {
    return faults;
  }
}
