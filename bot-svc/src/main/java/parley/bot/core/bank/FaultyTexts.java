package parley.bot.core.bank;

import java.util.List;
import java.util.stream.Collectors;

/// Text files that cannot be used; the message names every fault with its file and line.
public final class FaultyTexts extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public FaultyTexts(List<TextFault> faults) {
    super(
        faults.stream()
            .map(TextFault::toString)
            .collect(Collectors.joining("\n", faults.size() + " faults in the texts:\n", "")));
  }
}
