package parley.platform.config;

import java.util.List;

/// Everything that is wrong with a configuration, each fault with its name, its value and what was
/// expected.
public final class ConfigFaults extends RuntimeException {
  private final transient List<String> faults;

  public ConfigFaults(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  public List<String> faults() {
    return faults;
  }
}
